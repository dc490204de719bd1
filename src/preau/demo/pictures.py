"""Pictures of the demo: drawings made here, point by point, so that no child and nobody's work is shown."""

import io
import math
import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1200, 900
FINE = 2  # drawn twice as large, then reduced: smooth edges
PAPER, SLATE, INK, CHALK = (251, 248, 241), (46, 74, 84), (31, 36, 48), (240, 240, 232)
SUN, TILE, LINDEN, SKY, LILAC, BRICK = (
    (242, 182, 50), (163, 58, 36), (70, 130, 80), (140, 190, 215), (120, 100, 180), (205, 90, 60),
)  # fmt: skip


class Sheet:
    """A sheet to draw on, in units of the final picture."""

    def __init__(self, ground, seed):
        self.image = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), ground)
        self.random = random.Random(seed)

    def blob(self, x, y, radius, colour, share=1.0, flat=1.0, angle=0.0):
        """A shape cut by hand: a circle that wavers, see-through when `share` < 1."""
        phase, waves = self.random.random() * 6, self.random.choice((3, 4, 5))
        points = []
        for step in range(72):
            turn = step * math.tau / 72
            reach = radius * (1 + 0.05 * math.sin(waves * turn + phase) + 0.02 * math.sin(9 * turn))
            dx, dy = reach * math.cos(turn), reach * flat * math.sin(turn)
            points.append(
                (
                    x + dx * math.cos(angle) - dy * math.sin(angle),
                    y + dx * math.sin(angle) + dy * math.cos(angle),
                )
            )
        self.shape(points, colour, share)

    def shape(self, points, colour, share=1.0):
        """Only the rectangle around it is painted: most shapes are a thousandth of the sheet."""
        xs, ys = [x * FINE for x, _ in points], [y * FINE for _, y in points]
        width, height = self.image.size
        left, right = max(0, math.floor(min(xs))), min(width, math.ceil(max(xs)) + 1)
        top, bottom = max(0, math.floor(min(ys))), min(height, math.ceil(max(ys)) + 1)
        if left < right and top < bottom:
            mask = Image.new("L", (right - left, bottom - top), 0)
            ImageDraw.Draw(mask).polygon(
                [(x - left, y - top) for x, y in zip(xs, ys, strict=True)], fill=int(255 * share)
            )
            self.image.paste(colour, (left, top, right, bottom), mask)

    def line(self, points, colour, width):
        """A stroke with rounded ends, trembling a little."""
        draw = ImageDraw.Draw(self.image)
        far = [(x * FINE + self.random.uniform(-2, 2), y * FINE + self.random.uniform(-2, 2)) for x, y in points]
        draw.line(far, fill=colour, width=width * FINE, joint="curve")
        for x, y in (far[0], far[-1]):
            half = width * FINE / 2
            draw.ellipse((x - half, y - half, x + half, y + half), fill=colour)

    def jpeg(self) -> bytes:
        """The picture as a telephone would send it, with the grain of paper."""
        image = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        grain = Image.effect_noise((WIDTH // 2, HEIGHT // 2), 18).resize((WIDTH, HEIGHT))
        grain = grain.filter(ImageFilter.GaussianBlur(0.8)).point(lambda value: 238 + (value - 128) // 6)
        image = ImageChops.multiply(image, Image.merge("RGB", (grain, grain, grain)))
        out = io.BytesIO()
        image.save(out, "JPEG", quality=85)
        return out.getvalue()


def colours(seed):
    """Three paints and what they make together."""
    sheet = Sheet(PAPER, seed)
    for _ in range(14):
        x, y = sheet.random.uniform(80, WIDTH - 80), sheet.random.uniform(80, HEIGHT - 80)
        sheet.blob(x, y, sheet.random.uniform(14, 40), sheet.random.choice((SUN, BRICK, SKY, LILAC)), 0.5)
    paints = sheet.random.sample([(220, 60, 60), (60, 90, 200), SUN], 3)
    for (x, y), paint in zip(((440, 380), (760, 380), (600, 600)), paints, strict=True):
        sheet.blob(x + sheet.random.uniform(-70, 70), y + sheet.random.uniform(-50, 50), 250, paint, 0.62)
    return sheet.jpeg()


def hopscotch(seed):
    """A hopscotch chalked on the ground, seen from above."""
    sheet = Sheet((96, 100, 104), seed)
    for column, row in ((0, 0), (1, 0), (2, -0.5), (2, 0.5), (3, 0), (4, -0.5), (4, 0.5)):
        x, y, side = 170 + column * 165, 370 + row * 165, 160
        tint = sheet.random.choice((SKY, SUN, LILAC, (160, 200, 160)))
        sheet.shape([(x, y), (x + side, y), (x + side, y + side), (x, y + side)], tint, 0.28)
        sheet.line([(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)], CHALK, 7)
    sheet.blob(1040, 450, 92, SUN, 0.45)
    sheet.blob(300, 470, 26, TILE)
    return sheet.jpeg()


def radishes(seed):
    """Six radishes in a row, each taller than the last."""
    sheet = Sheet((214, 230, 238), seed)
    sheet.shape([(0, 560), (WIDTH, 540), (WIDTH, HEIGHT), (0, HEIGHT)], (122, 86, 60))
    for rank in range(6):
        x, tall = 150 + rank * 180, 90 + rank * 34
        for lean in (-0.5, 0.0, 0.5):
            tip = (x + lean * tall, 550 - tall)
            sheet.line([(x, 560), tip], LINDEN, 7)
            sheet.blob(*tip, 24 + rank * 4, LINDEN, flat=0.6, angle=lean)
        sheet.blob(x, 610, 34 + rank * 4, (200, 60, 90))
        sheet.line([(x, 640 + rank * 4), (x + 6, 690 + rank * 6)], (235, 200, 205), 6)
    return sheet.jpeg()


def leaves(seed):
    """Leaves picked up in the yard, sorted by colour."""
    sheet = Sheet(PAPER, seed)
    for row, colour in enumerate((SUN, BRICK, LINDEN)):
        for column in range(6):
            x, y, turn = 150 + column * 180, 180 + row * 270, sheet.random.uniform(-0.9, 0.9)
            sheet.blob(x, y, 84, colour, flat=0.5, angle=turn + math.pi / 2)
            along = [
                (x - 80 * math.cos(turn + math.pi / 2) * k, y - 80 * math.sin(turn + math.pi / 2) * k)
                for k in (-1.25, 1)
            ]
            sheet.line(along, INK, 4)
    return sheet.jpeg()


def quarters(seed):
    """A tart cut in four equal parts, one taken."""
    sheet = Sheet((222, 234, 226), seed)
    sheet.blob(560, 470, 360, (250, 246, 235))
    for part in range(4):
        start = part * math.pi / 2
        away = 60 if part == 3 else 0
        x, y = 560 + away * math.cos(start + math.pi / 4), 470 + away * math.sin(start + math.pi / 4)
        rim = [
            (x + 300 * math.cos(start + k * math.pi / 48), y + 300 * math.sin(start + k * math.pi / 48))
            for k in range(25)
        ]
        sheet.shape([(x, y), *rim], (230, 170, 90))
        sheet.line([(x, y), *rim, (x, y)], (170, 105, 50), 8)
        for _ in range(9):
            turn, reach = start + sheet.random.uniform(0.25, 1.3), sheet.random.uniform(90, 260)
            sheet.blob(x + reach * math.cos(turn), y + reach * math.sin(turn), 22, TILE)
    return sheet.jpeg()


def planets(seed):
    """The sun and its planets on black paper."""
    sheet = Sheet((28, 34, 52), seed)
    for _ in range(150):
        sheet.blob(sheet.random.uniform(0, WIDTH), sheet.random.uniform(0, HEIGHT), sheet.random.uniform(1, 3), CHALK)
    sheet.blob(60, 450, 230, SUN)
    places = ((360, 16, (190, 170, 150)), (450, 26, (230, 190, 120)), (550, 28, SKY), (640, 20, BRICK),
              (790, 74, (220, 180, 140)), (960, 58, (235, 215, 160)), (1085, 36, (170, 215, 225)))  # fmt: skip
    for x, radius, colour in places:
        y = 450 + sheet.random.uniform(-150, 150)
        sheet.blob(x, y, radius, colour)
        if radius == 58:
            sheet.line([(x - 110, y + 30), (x + 110, y - 30)], CHALK, 8)
    return sheet.jpeg()


def boats(seed):
    """Paper boats on a painted sea."""
    sheet = Sheet((236, 240, 236), seed)
    for row in range(5):
        y, tint = 420 + row * 110, (90 + row * 8, 150 + row * 6, 185 - row * 10)
        wave = [(x, y + 24 * math.sin(x / 70 + row * 1.7)) for x in range(-20, WIDTH + 40, 20)]
        sheet.shape([*wave, (WIDTH, HEIGHT), (0, HEIGHT)], tint)
        if row < 4:
            x, colour = 190 + row * 265 - (row % 2) * 60, (SUN, BRICK, LILAC, (250, 250, 245))[row]
            sheet.shape([(x - 90, y - 10), (x + 90, y - 10), (x + 58, y + 46), (x - 58, y + 46)], colour)
            sheet.shape([(x - 46, y - 12), (x, y - 100), (x + 46, y - 12)], colour, 0.9)
            sheet.line([(x - 90, y - 10), (x + 90, y - 10)], INK, 4)
    return sheet.jpeg()


def graph(seed):
    """A bar chart of coloured paper: how tall the plants are, week after week."""
    sheet = Sheet((247, 243, 226), seed)
    for x in range(120, 1140, 60):
        sheet.line([(x, 80), (x, 800)], (225, 220, 200), 2)
    for y in range(80, 830, 60):
        sheet.line([(120, y), (1120, y)], (225, 220, 200), 2)
    for rank in range(7):
        x, tall = 165 + rank * 135, 60 + rank * 78 + sheet.random.randint(-20, 20)
        sheet.shape(
            [(x, 800), (x, 800 - tall), (x + 92, 806 - tall), (x + 92, 800)],
            (SKY, SUN, LINDEN, BRICK, LILAC, (150, 190, 150), TILE)[rank],
        )
    sheet.line([(120, 80), (120, 800), (1130, 800)], INK, 7)
    return sheet.jpeg()


DRAWINGS = {
    "colours": (colours, "Trois taches de peinture rouge, bleue et jaune qui se mélangent"),
    "hopscotch": (hopscotch, "Une marelle tracée à la craie sur le sol de la cour"),
    "radishes": (radishes, "Six radis en rang, du plus petit au plus grand"),
    "leaves": (leaves, "Des feuilles d’automne collées, triées par couleur"),
    "quarters": (quarters, "Une tarte coupée en quatre parts égales"),
    "planets": (planets, "Le Soleil et ses planètes sur du papier noir"),
    "boats": (boats, "Des bateaux en papier sur une mer peinte"),
    "graph": (graph, "Un graphique en papiers de couleur\u00a0: sept barres qui montent"),
}
