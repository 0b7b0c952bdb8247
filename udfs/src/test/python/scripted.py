"""Makes scripted.pt and scripted-tuple.pt for ScriptedModelTest.

usage: python scripted.py DIRECTORY

A model of 40 tokens: logits are products of an output layer with the mean of the embeddings so far. Weights are sines, so that the test can
compute the same in its own words.
"""
import pathlib
import sys
from typing import Tuple

import torch
from torch import Tensor


class Means(torch.nn.Module):
    def __init__(self):
        super().__init__()
        row, column = torch.arange(40.0).unsqueeze(1), torch.arange(6.0).unsqueeze(0)
        self.embedding = torch.nn.Parameter(torch.sin(1 + 7 * row + 3 * column), requires_grad=False)
        self.head = torch.nn.Parameter(2 * torch.cos(2 + 5 * row + 4 * column), requires_grad=False)

    def forward(self, ids: Tensor) -> Tensor:
        counts = torch.arange(1, ids.shape[1] + 1, device=ids.device).unsqueeze(1)
        return (self.embedding[ids].cumsum(1) / counts).matmul(self.head.t())


class Pair(Means):
    def forward(self, ids: Tensor) -> Tuple[Tensor, Tensor]:
        counts = torch.arange(1, ids.shape[1] + 1, device=ids.device).unsqueeze(1)
        means = self.embedding[ids].cumsum(1) / counts
        return means.matmul(self.head.t()), means


if __name__ == "__main__":
    directory = pathlib.Path(sys.argv[1])
    torch.jit.save(torch.jit.script(Means().eval()), str(directory / "scripted.pt"))
    torch.jit.save(torch.jit.script(Pair().eval()), str(directory / "scripted-tuple.pt"))
