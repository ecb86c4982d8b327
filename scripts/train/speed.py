"""Faster arithmetic on a CPU while a model trains; the results are the same up to rounding.

Torch runs a packed sequence step by step, and its backward pass fills a zero tensor for each step. Here the
sequences are laid out as one padded block, which goes through the fused kernel, and packed again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence

_packed_forward = nn.LSTM.forward


def bilinear(left: Tensor, right: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """Give what ``torch.nn.functional.bilinear`` gives, by matrix products."""
    out, rows, columns = weight.shape
    folded = left.reshape(-1, rows) @ weight.permute(1, 0, 2).reshape(rows, out * columns)
    result = torch.bmm(folded.view(-1, out, columns), right.reshape(-1, columns).unsqueeze(-1)).squeeze(-1)
    result = result.view(*left.shape[:-1], out)
    return result if bias is None else result + bias


def lstm_forward(module: nn.LSTM, sequence: Any, hx: tuple[Tensor, Tensor] | None = None) -> Any:
    """Run an LSTM of one layer over a packed sequence as a padded block.

    The last cell state is not known after padding: the second half of the returned state is the last
    output again. None of the models trained here reads it.
    """
    if not isinstance(sequence, PackedSequence) or module.num_layers != 1 or module.proj_size:
        return _packed_forward(module, sequence, hx)
    rows, steps = int(sequence.batch_sizes[0]), len(sequence.batch_sizes)
    starts = torch.cumsum(sequence.batch_sizes, 0) - sequence.batch_sizes
    inside = torch.arange(rows).unsqueeze(1) < sequence.batch_sizes.unsqueeze(0)
    lengths = inside.sum(1)
    places = (starts.unsqueeze(0) + torch.arange(rows).unsqueeze(1)) * inside
    time = torch.arange(steps).unsqueeze(0).expand(rows, steps)
    backwards = (
        torch.where(inside, lengths.unsqueeze(1) - 1 - time, time) + torch.arange(rows).unsqueeze(1) * steps
    )
    flat = (torch.arange(rows).unsqueeze(1) * steps + time).t()[inside.t()]
    block = sequence.data.index_select(0, places.reshape(-1)).view(rows, steps, -1)
    directions = 2 if module.bidirectional else 1
    if hx is None:
        zeros = block.new_zeros(directions, rows, module.hidden_size)
        hx = (zeros, zeros)
    else:
        hx = module.permute_hidden(hx, sequence.sorted_indices)
    outputs, lasts = [], []
    for direction in range(directions):
        own = block
        if direction:
            own = block.reshape(rows * steps, -1).index_select(0, backwards.reshape(-1)).view(rows, steps, -1)
        state = (hx[0][direction : direction + 1].contiguous(), hx[1][direction : direction + 1].contiguous())
        weights: list[Tensor] = [*module.all_weights[direction]]
        out = torch._VF.lstm(own, state, weights, module.bias, 1, 0.0, module.training, False, True)[0]
        out = out.reshape(rows * steps, -1)
        lasts.append(out.index_select(0, torch.arange(rows) * steps + lengths - 1))
        outputs.append(out.index_select(0, backwards.reshape(-1)) if direction else out)
    data = torch.cat(outputs, 1).index_select(0, flat)
    last = module.permute_hidden((torch.stack(lasts),) * 2, sequence.unsorted_indices)
    return PackedSequence(
        data, sequence.batch_sizes, sequence.sorted_indices, sequence.unsorted_indices
    ), last


@contextmanager
def fast_training() -> Iterator[None]:
    """Replace the two slow operations of torch while the block runs."""
    slow = {(torch.nn.functional, "bilinear"): bilinear, (nn.LSTM, "forward"): lstm_forward}
    kept = {(owner, name): getattr(owner, name) for owner, name in slow}
    for (owner, name), fast in slow.items():
        setattr(owner, name, fast)
    try:
        yield
    finally:
        for (owner, name), original in kept.items():
            setattr(owner, name, original)
