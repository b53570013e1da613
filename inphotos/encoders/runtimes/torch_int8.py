"""Multiplies integers of 8 bits in torch: the weights ahead, the inputs as they come."""

from __future__ import annotations

import torch

_LARGEST = 127


def quantise(network: torch.nn.Module) -> None:
    """Replace the linear layers of a network, in place."""
    for name, child in network.named_children():
        if isinstance(child, torch.nn.Linear):
            setattr(network, name, _Linear(child))
        # torch's own attention reads the weights of its parts itself.
        elif not isinstance(child, torch.nn.MultiheadAttention):
            quantise(child)


class _Linear(torch.nn.Module):
    """A linear layer that keeps one scale for each row of its weights and of its input."""

    def __init__(self, full: torch.nn.Linear) -> None:
        super().__init__()
        weights, scales = _rounded(full.weight.detach())
        # Each column in one piece, which is how the multiplication reads them.
        self._weights = weights.t()
        self._scales = scales.t()
        self._bias = None if full.bias is None else full.bias.detach()

    def forward(self, inputs: torch.Tensor) -> torch.Tensor:
        """Return float32 of shape (…, outputs) for float32 of shape (…, inputs)."""
        rows = inputs.reshape(-1, inputs.shape[-1])
        rounded, scales = _rounded(rows)
        outputs = torch._int_mm(rounded, self._weights).to(torch.float32)
        outputs.mul_(scales).mul_(self._scales)
        if self._bias is not None:
            outputs.add_(self._bias)
        return outputs.reshape(*inputs.shape[:-1], -1)


def _rounded(rows: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Return int8 of the same shape, and what each row was divided by, shape (rows, 1)."""
    scales = rows.abs().amax(dim=1, keepdim=True) / _LARGEST
    scales.clamp_(min=torch.finfo(torch.float32).tiny)
    return (rows / scales).round_().to(torch.int8), scales
