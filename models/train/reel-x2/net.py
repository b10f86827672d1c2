"""The network of reel-x2, as it is trained. Its ONNX graph folds each block into one convolution."""
from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

SCALE = 2
RGB = 3


class Block(nn.Module):
    """PReLU(conv3×3(x) + x): the identity makes a deep chain trainable and folds away afterwards."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding=1)
        self.act = nn.PReLU(channels, init=0.1)
        nn.init.kaiming_normal_(self.conv.weight, nonlinearity="relu")
        self.conv.weight.data *= 0.5
        nn.init.zeros_(self.conv.bias)

    def forward(self, features: Tensor) -> Tensor:
        return self.act(self.conv(features) + features)


class ReelX2(nn.Module):
    """RGB picture [N,3,H,W], 0..1, to [N,3,2H,2W], not clipped. Receptive field: 8 pixels each side."""

    def __init__(self, channels: int = 32, blocks: int = 6) -> None:
        super().__init__()
        self.head = nn.Conv2d(RGB, channels, 3, padding=1)
        self.head_act = nn.PReLU(channels, init=0.1)
        self.blocks = nn.Sequential(*(Block(channels) for _ in range(blocks)))
        self.tail = nn.Conv2d(channels, RGB * SCALE**2, 3, padding=1)
        self.skip = nn.Conv2d(RGB, RGB * SCALE**2, 5, padding=2, padding_mode="replicate", bias=False)
        # Training starts as bicubic with almost no detail on top, so that no step is spent on finding that.
        nn.init.zeros_(self.tail.bias)
        self.tail.weight.data *= 0.05
        self.skip.weight.data = bicubic_kernel()

    def forward(self, picture: Tensor) -> Tensor:
        features = self.blocks(self.head_act(self.head(picture)))
        return functional.pixel_shuffle(self.tail(features) + self.skip(picture), SCALE)


def bicubic_kernel() -> Tensor:
    """Bicubic (Keys 1981, a = −0.5) ×2 upsampling as a 5×5 convolution [12,3,5,5] before PixelShuffle."""
    offsets = torch.arange(-2, 3)
    centres = (torch.arange(SCALE) + 0.5) / SCALE - 0.5
    distance = (centres[:, None] - offsets).abs()
    near = 1.5 * distance**3 - 2.5 * distance**2 + 1
    far = -0.5 * distance**3 + 2.5 * distance**2 - 4 * distance + 2
    taps = torch.where(distance <= 1, near, torch.where(distance < 2, far, 0.0))
    plane = torch.einsum("ai,bj->abij", taps, taps).reshape(SCALE**2, 5, 5)
    weight = torch.zeros(RGB, SCALE**2, RGB, 5, 5)
    for channel in range(RGB):
        weight[channel, :, channel] = plane
    return weight.reshape(RGB * SCALE**2, RGB, 5, 5)
