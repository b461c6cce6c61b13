"""The HTML model's net in torch, to be trained; `cleaner.model.html_net` is the same in numpy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from cleaner.model.html_blocks import TOKENS
from cleaner.model.html_net import CLIP, NEAR, POOLED, WINDOW
from lab.html_examples import Example

TOKEN_WIDTH = 16
WIDTH = 32
DROP = 0.3
TOKENS_DROPPED = 0.1
TEMPERATURE = 1.5
"""What logits are divided by after training: on pages of other sites a net is surer than right
(Guo and others, 2017). Chosen together with `cleaner.model.html_judge.TOGETHER`."""

_SEEN = WIDTH * (len(NEAR) + 2 + len(POOLED) + 1)
"""A line and its neighbours, two windows, the blocks around it, the page."""


URL_HIDDEN = 0.4
"""Share of the pages whose address is hidden in training, since callers seldom give it."""


def batch(pages: Sequence[Example], dice: np.random.Generator | None = None) -> dict[str, Tensor]:
    """Put pages into one batch; places of lines, blocks and tokens move on from page to page."""
    held: dict[str, list[Any]] = defaultdict(list)
    line = kind = token = word = 0
    for place, page in enumerate(pages):
        seen, number = page.features, len(page.lines)
        hide = dice is not None and dice.random() < URL_HIDDEN
        about = page.unaddressed if hide else seen.about
        outer = seen.around[:, POOLED]
        parts = {
            "dense": seen.dense,
            "tokens": seen.tokens,
            "starts": seen.starts + token,
            "kinds": seen.kinds[seen.around] + kind,
            "small": seen.small.astype(np.float32),
            "begins": seen.begins[outer] + line,
            "ends": seen.ends[outer] + line,
            "about": about,
            "about_starts": np.array([word]),
            "page": np.full(number, place),
            "first": np.full(number, line),
            "stop": np.full(number, line + number),
            "hits": page.hits,
            "sizes": page.sizes,
            "heads": page.heads,
        }
        for name, part in parts.items():
            held[name].append(part)
        line, kind = line + number, kind + len(seen.starts)
        token, word = token + len(seen.tokens), word + len(about)
    return {name: torch.from_numpy(np.concatenate(parts)) for name, parts in held.items()}


class Net(nn.Module):
    """From features to the logits of body and head."""

    def __init__(self, dense: Any) -> None:  # noqa: ANN401 - an array
        super().__init__()
        self.mean = nn.Parameter(torch.tensor(dense.mean(axis=0)), requires_grad=False)
        self.scale = nn.Parameter(1 / (torch.tensor(dense.std(axis=0)) + 0.05), requires_grad=False)
        self.tokens = nn.EmbeddingBag(TOKENS, TOKEN_WIDTH, mode="sum")
        self.about = nn.EmbeddingBag(TOKENS, TOKEN_WIDTH, mode="mean")
        for table in (self.tokens, self.about):
            nn.init.normal_(table.weight, 0, 0.05)
        self.line = nn.Linear(dense.shape[1] + 5 * TOKEN_WIDTH, 3 * WIDTH)
        self.narrow = nn.Linear(3 * WIDTH, WIDTH)
        self.look = nn.Linear(_SEEN, 2 * WIDTH)
        self.heed = nn.Linear(2 * WIDTH, WIDTH)
        self.out = nn.Linear(WIDTH, 2)
        self.drop = nn.Dropout(DROP)

    def forward(self, given: dict[str, Tensor]) -> Tensor:
        """Return the logits, a row a line."""
        dense = ((given["dense"] - self.mean) * self.scale).clamp(-CLIP, CLIP)
        about = self.about(given["about"], given["about_starts"])[given["page"]]
        seen = torch.cat((dense, self._blocks(given), about), dim=1)
        inner = self.drop(torch.relu(self.line(self.drop(seen))))
        inner = torch.relu(self.narrow(inner))
        looked = self.drop(torch.relu(self.look(_around(inner, given))))
        logits: Tensor = self.out(torch.relu(inner + self.heed(looked)))
        return logits

    def _blocks(self, given: dict[str, Tensor]) -> Tensor:
        tokens = given["tokens"]
        if self.training:
            tokens = tokens.masked_fill(torch.rand(len(tokens)) < TOKENS_DROPPED, 0)
        around = self.tokens(tokens, given["starts"])[given["kinds"]]
        around = nn.functional.dropout(around, TOKENS_DROPPED, self.training)
        small = given["small"][:, :, None]
        far, wraps = (around * small).sum(1), (around * (1 - small)).sum(1)
        return torch.cat((around[:, 0], around[:, 1], far, wraps), dim=1)


def _around(inner: Tensor, given: dict[str, Tensor]) -> Tensor:
    number = len(inner)
    places, first, stop = torch.arange(number), given["first"], given["stop"]
    zero = torch.zeros(1, inner.shape[1])
    sums, padded = torch.cat((zero, inner.cumsum(0))), torch.cat((inner, zero))

    def near(step: int) -> Tensor:
        there = places + step
        return padded[torch.where((there >= first) & (there < stop), there, number)]

    def mean(begins: Tensor, ends: Tensor) -> Tensor:
        return (sums[ends] - sums[begins]) / (ends - begins).clamp(min=1)[:, None]

    return torch.cat(
        (
            *(near(step) for step in NEAR),
            mean(torch.maximum(places - WINDOW, first), places),
            mean(torch.minimum(places + 1, stop), torch.minimum(places + WINDOW + 1, stop)),
            *(mean(given["begins"][:, k], given["ends"][:, k]) for k in range(len(POOLED))),
            mean(first, stop),
        ),
        dim=1,
    )


def save(net: Net, path: Path) -> None:
    """Write the weights as `cleaner.model.html_net` reads them, in half precision."""
    made = {
        "mean": net.mean,
        "scale": net.scale,
        "tokens": net.tokens.weight,
        "about": net.about.weight,
    }
    layers = {name: getattr(net, name) for name in ("line", "narrow", "look", "heed", "out")}
    for name, layer in layers.items():
        scale = TEMPERATURE if name == "out" else 1.0
        made |= {name: layer.weight.T / scale, f"{name}_bias": layer.bias / scale}
    arrays: dict[str, Any] = {
        name: value.detach().numpy().astype(np.float16) for name, value in made.items()
    }
    np.savez_compressed(path, **arrays)
