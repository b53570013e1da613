"""Pictures as the student is shown them: another part, another light, every time."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional as nnf

from compact.photos import SQUARE, Photos

Indices = npt.NDArray[np.int64]


class Shower:
    """Cuts parts out of photos, many at once, on the device that trains."""

    def __init__(self, photos: Photos, edge: int, device: str, seed: int) -> None:
        """Prepare.

        Args:
            photos: what is shown.
            edge: of the pictures, pixels.
            device: torch's name of it.
            seed: of all that is drawn.
        """
        self._photos = photos
        self._sizes = torch.from_numpy(photos.sizes).to(device, torch.float32)
        self._edge = edge
        self._device = device
        self._chance = torch.Generator(device).manual_seed(seed)
        # A GPU has room for all of them; the processor maps the file.
        self._all = (
            torch.from_numpy(np.asarray(photos.canvases)).to(device) if device != "cpu" else None
        )

    def varied(self, chosen: Indices, *, least: float) -> torch.Tensor:
        """Return random parts, mirrored, in other light, some with a hole.

        Args:
            chosen: which photos, n of them.
            least: the share of the area that a part shows at least.

        Returns:
            Float, 0 to 1, shape (n, 3, edge, edge).
        """
        sizes = self._sizes[torch.from_numpy(chosen).to(self._device)]
        area = self._between(len(chosen), least, 1.0)
        aspect = torch.exp(self._between(len(chosen), -math.log(4 / 3), math.log(4 / 3)))
        height = sizes[:, 0] * (area * aspect).sqrt().clamp(max=1)
        width = sizes[:, 1] * (area / aspect).sqrt().clamp(max=1)
        top = self._between(len(chosen), 0, 1) * (sizes[:, 0] - height)
        left = self._between(len(chosen), 0, 1) * (sizes[:, 1] - width)
        mirror = torch.where(self._between(len(chosen), 0, 1) < 0.5, -1.0, 1.0)
        pictures = self._cut(chosen, top, left, height, width, mirror)
        return self._with_holes(self._relit(pictures))

    def plain(self, chosen: Indices) -> torch.Tensor:
        """Return whole photos, squeezed as the model's processor does it; shape as above."""
        height, width = self._sizes[torch.from_numpy(chosen).to(self._device)].unbind(1)
        none = torch.zeros_like(height)
        return self._cut(chosen, none, none, height, width, torch.ones_like(height))

    def _cut(
        self,
        chosen: Indices,
        top: torch.Tensor,
        left: torch.Tensor,
        height: torch.Tensor,
        width: torch.Tensor,
        mirror: torch.Tensor,
    ) -> torch.Tensor:
        if self._all is None:
            canvases = torch.from_numpy(self._photos.canvases[chosen])
        else:
            canvases = self._all[torch.from_numpy(chosen).to(self._device)]
        pixels = canvases.permute(0, 3, 1, 2).to(torch.float32) / 255
        # From the part, -1 to 1, to the square, -1 to 1.
        across, down = width / SQUARE, height / SQUARE
        none = torch.zeros_like(across)
        rows = (
            torch.stack([across * mirror, none, (2 * left + width) / SQUARE - 1], 1),
            torch.stack([none, down, (2 * top + height) / SQUARE - 1], 1),
        )
        shape = [len(chosen), 3, self._edge, self._edge]
        grid = nnf.affine_grid(torch.stack(rows, 1), shape, align_corners=False)
        return nnf.grid_sample(pixels, grid, padding_mode="border", align_corners=False)

    def _relit(self, pictures: torch.Tensor) -> torch.Tensor:
        count = len(pictures)
        grey = pictures.mean(1, keepdim=True)
        colour = self._between(count, 0.6, 1.4)[:, None, None, None]
        colour = torch.where(self._between(count, 0, 1)[:, None, None, None] < 0.08, 0.0, colour)
        contrast = self._between(count, 0.7, 1.3)[:, None, None, None]
        light = self._between(count, -0.15, 0.15)[:, None, None, None]
        tint = self._between(3 * count, -0.04, 0.04).view(count, 3, 1, 1)
        pictures = grey + (pictures - grey) * colour
        return ((pictures - 0.5) * contrast + 0.5 + light + tint).clamp_(0, 1)

    def _with_holes(self, pictures: torch.Tensor) -> torch.Tensor:
        """Paint a grey rectangle into one picture of four."""
        count = len(pictures)
        at = torch.arange(self._edge, device=self._device)
        centre = self._between(2 * count, 0, self._edge).view(2, count, 1)
        reach = self._between(2 * count, 0.1, 0.25).view(2, count, 1) * self._edge
        reach = reach * (self._between(count, 0, 1) < 0.25)[None, :, None]
        rows, columns = ((at - centre).abs() < reach).unbind(0)
        hole = (rows[:, :, None] & columns[:, None, :])[:, None]
        return torch.where(hole, 0.5, pictures)

    def _between(self, count: int, low: float, high: float) -> torch.Tensor:
        drawn = torch.rand(count, generator=self._chance, device=self._device)
        return low + (high - low) * drawn
