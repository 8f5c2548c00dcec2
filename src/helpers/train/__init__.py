"""Train the network that finds statements. Outside the flow: needs the extra `train` (torch), used by nothing else."""
