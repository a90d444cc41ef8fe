"""The pictures of the demo films, as ffmpeg filter graphs that end in `[v]`. Pure text; nothing runs here.

Every look generates few pixels and enlarges them: the films are soft on purpose, and a film takes seconds to make.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Frame:
    """What a look is asked for: picture size in pixels, frames a second, length in seconds."""

    width: int
    height: int
    rate: int
    seconds: float


def tint(red: str, green: str, blue: str) -> str:
    """Maps grey to colour: for each channel `in/out` points from 0 to 1."""
    return f"format=gbrp,curves=r='{red}':g='{green}':b='{blue}'"


EMBER = tint(
    "0/0.03 0.3/0.10 0.5/0.62 0.7/0.97 1/1",
    "0/0.03 0.3/0.04 0.5/0.22 0.7/0.62 1/0.96",
    "0/0.06 0.35/0.08 0.6/0.08 0.8/0.22 1/0.75",
)
SEA = tint(
    "0/0.01 0.4/0.02 0.7/0.25 1/0.95", "0/0.03 0.35/0.16 0.65/0.62 1/1", "0/0.09 0.3/0.34 0.6/0.75 1/0.96"
)
VIOLET = tint(
    "0/0.04 0.3/0.22 0.6/0.78 0.85/1 1/1",
    "0/0.02 0.4/0.06 0.7/0.42 1/0.95",
    "0/0.10 0.3/0.38 0.6/0.55 0.8/0.62 1/0.88",
)
GOLD_ON_BLUE = tint(
    "0/0.02 0.35/0.05 0.6/0.72 0.8/0.98 1/1",
    "0/0.05 0.35/0.13 0.6/0.52 0.8/0.82 1/0.97",
    "0/0.14 0.3/0.30 0.55/0.33 0.8/0.45 1/0.86",
)
FROST = tint("0/0.05 0.5/0.38 1/0.97", "0/0.07 0.5/0.52 1/0.99", "0/0.13 0.5/0.68 1/1")


def _small(frame: Frame, divisor: int) -> str:
    return f"s={frame.width // divisor}x{frame.height // divisor}:r={frame.rate}"


def _large(frame: Frame, flags: str = "bicubic") -> str:
    return f"scale={frame.width}:{frame.height}:flags={flags}"


def _end(frame: Frame) -> str:
    """A dark edge, the exact length, a fade at both ends, and the pixel format that everything plays."""
    return (
        f"vignette=angle=PI/4.6,trim=duration={frame.seconds},"
        f"fade=t=in:d=0.8,fade=t=out:st={frame.seconds - 1.2}:d=1.2,setsar=1,format=yuv420p[v]"
    )


def embers(frame: Frame) -> str:
    """Slow waves of glowing coal."""
    return (
        f"perlin={_small(frame, 4)}:octaves=5:persistence=0.55:xscale=2:yscale=5:tscale=0.3:random_mode=seed:random_seed=11,"
        f"format=gray16,{_large(frame)},format=gray,{EMBER},{_end(frame)}"
    )


def descent(frame: Frame) -> str:
    """A long fall into the Mandelbrot set."""
    return _mandelbrot(frame, 2.4, 0.00003)


def descent_late(frame: Frame) -> str:
    """The last stretch of `descent`, for a picture of it: to fall that far takes seconds."""
    return _mandelbrot(frame, 0.0001, 0.00003)


def _mandelbrot(frame: Frame, start: float, end: float) -> str:
    return (
        f"mandelbrot={_small(frame, 2)}:start_x=-0.7436438870371587:start_y=0.13182590420531197:start_scale={start:.6f}"
        f":end_scale={end:.6f}:end_pts={int(frame.seconds * frame.rate)}:maxiter=500:outer=normalized_iteration_count,"
        f"format=gray,tmix=frames=2,{_large(frame)},{GOLD_ON_BLUE},{_end(frame)}"
    )


def neighbours(frame: Frame) -> str:
    """Conway's game of life as the windows of a town at night."""
    return (
        f"life=s={frame.width // 8}x{frame.height // 8}:r=10:ratio=0.16:random_seed=7:stitch=1:mold=14"
        ":life_color=0xffd68a:death_color=0x7a2c3c:mold_color=0x0b1026,"
        f"fps={frame.rate},tmix=frames=3,{_large(frame, 'neighbor')},format=gbrp,split[sharp][soft];"
        f"[soft]scale=iw/4:ih/4,gblur=sigma=6,{_large(frame, 'bilinear')},curves=all='0/0 0.5/0.6 1/1'[glow];"
        f"[sharp][glow]blend=all_mode=screen:all_opacity=0.85,{_end(frame)}"
    )


def rings(frame: Frame) -> str:
    """Two fields of rings that pass through each other."""
    first = f"zoneplate={_small(frame, 2)}:kx2=46:ky2=46:kt=-12:xo=-{frame.width // 10}"
    second = f"zoneplate={_small(frame, 2)}:kx2=38:ky2=38:kt=9:xo={frame.width // 9}:yo={frame.height // 14}"
    return (
        f"{first},format=gray[one];{second},format=gray[two];"
        f"[one][two]blend=all_mode=average,gblur=sigma=0.8,{_large(frame)},{SEA},{_end(frame)}"
    )


def lace(frame: Frame) -> str:
    """A drifting Sierpinski triangle, lit from behind by a moving gradient."""
    return (
        f"sierpinski={_small(frame, 1)}:type=triangle:jump=70:seed=3,format=gray,gblur=sigma=1.1,split[fine][wide];"
        f"[wide]scale=iw/4:ih/4,gblur=sigma=5,{_large(frame, 'bilinear')}[glow];"
        "[fine][glow]blend=all_mode=screen,format=gbrp[lace];"
        f"gradients={_small(frame, 8)}:c0=0x7a6cf0:c1=0xff8a8f:c2=0xffd7a0:c3=0x4fb3c8:n=4:speed=0.02:seed=5,"
        f"{_large(frame)},format=gbrp[light];"
        f"[lace][light]blend=all_mode=multiply,curves=all='0/0.03 0.5/0.6 1/1',{_end(frame)}"
    )


def contours(frame: Frame) -> str:
    """A map on cream paper whose hills move: a dark line each so many grey levels, a darker one each fifth."""
    paper = tint(
        "0/0.16 0.3/0.42 0.7/0.82 1/0.97",
        "0/0.20 0.3/0.34 0.7/0.72 1/0.94",
        "0/0.26 0.3/0.24 0.7/0.55 1/0.87",
    )
    level = "if(lt(mod(val\\,9500)\\,520)\\,4000\\,if(lt(mod(val\\,1900)\\,300)\\,21000\\,44000+val/3))"
    return (
        f"perlin={_small(frame, 4)}:octaves=3:persistence=0.3:xscale=4:yscale=2.4:tscale=0.25:random_mode=seed"
        f":random_seed=4,format=gray16,gblur=sigma=3,{_large(frame)},format=yuv444p16,"
        f"lutyuv=y='{level}':u=32768:v=32768,format=gray,gblur=sigma=0.5,{paper},{_end(frame)}"
    )


def aurora(frame: Frame) -> str:
    """Northern lights over a lake, the lake included."""
    upper, lower = frame.height * 5 // 8, frame.height - frame.height * 5 // 8
    size = f"{frame.width}x{upper}"
    still = f"s={size}:r={frame.rate}:d=0.04"
    stars = "if(gt(random(1)\\,0.9982)\\,90+165*random(2)\\,0)"
    ridge = "if(gt(Y\\,H*0.9-26*sin(X/97)-15*sin(X/41+1)-7*sin(X/17+2)-3*sin(X/7))\\,255\\,0)"
    height = "255*pow(sin(PI*min(1\\,max(0\\,Y/H/0.98)))\\,0.9)"
    night = (
        f"gradients=s={frame.width // 8}x{upper // 8}:r={frame.rate}:x0=0:y0=0:x1=0:y1={upper // 8}:c0=0x060a1c:c1=0x27305e"
        f":n=2:speed=0.00001,scale={size}:flags=bicubic,format=gbrp[night]"
    )
    lights = tint(
        "0/0 0.3/0.04 0.55/0.18 0.8/0.62 1/0.98",
        "0/0 0.2/0.22 0.5/0.78 1/1",
        "0/0 0.3/0.30 0.6/0.52 0.85/0.85 1/0.95",
    )
    return (
        f"perlin=s={frame.width // 8}x{upper // 8}:r={frame.rate}:octaves=4:persistence=0.55:xscale=6:yscale=0.6:tscale=0.4"
        f":random_mode=seed:random_seed=21,format=gray16,scale={size}:flags=bicubic,format=gray,"
        "curves=all='0/0 0.33/0.03 0.5/0.45 0.68/0.95 1/1'[curtain];"
        f"color=black:{still},format=gray,geq=lum='{height}',loop=-1:1[height];"
        f"[curtain][height]blend=all_mode=multiply,{lights}[lights];{night};"
        f"color=black:{still},format=gray,geq=lum='{stars}',gblur=sigma=0.7,curves=all='0/0 0.4/1 1/1',format=gbrp,loop=-1:1[stars];"
        f"color=0x05070f:s={size}:r={frame.rate},format=gbrp[hills];"
        f"color=black:{still},format=gray,geq=lum='{ridge}',gblur=sigma=0.7,format=gbrp,loop=-1:1[ridge];"
        "[night][stars]blend=all_mode=screen[dark];[dark][lights]blend=all_mode=screen[sky];"
        "[sky][hills][ridge]maskedmerge,split[above][copy];"
        f"[copy]vflip,crop={frame.width}:{lower}:0:0,scale=iw/2:ih/8,gblur=sigma=6:sigmaV=0.6,"
        f"scale={frame.width}:{lower}:flags=bilinear,curves=all='0/0.02 1/0.72'[below];[above][below]vstack,{_end(frame)}"
    )


def chart(frame: Frame) -> str:
    """A test chart on an old tube, alone in a dark room at night, its light on the floor."""
    tube = f"{frame.width // 2}:{frame.height // 2}"
    return (
        f"testsrc2=s={frame.width // 3}x{frame.height // 3}:r={frame.rate},scale={tube}:flags=bicubic,format=gbrp,"
        f"hue=s=0.72:b=-0.4,drawgrid=w={frame.width}:h=4:t=2:c=black@0.3,"
        "vignette=angle=PI/5,format=gbrp,"
        f"pad={frame.width}:{frame.height}:(ow-iw)/2:(oh-ih)*0.36:0x05060c,split=3[set][far][floor];"
        f"[far]scale=iw/16:ih/16,gblur=sigma=9,scale={frame.width}:{frame.height}:flags=bicubic,curves=all='0/0 0.4/0.5 1/1'[glow];"
        # Kept small until it is blurred, so that the light has no edge.
        f"[floor]crop={frame.width // 2}:{frame.height // 2}:{frame.width // 4}:{frame.height * 18 // 100},vflip,"
        f"scale={frame.width * 6 // 80}:{frame.height // 36},"
        f"pad={frame.width // 8}:{frame.height // 8}:(ow-iw)/2:oh*0.75:black,gblur=sigma=3.5:sigmaV=2.5,"
        f"scale={frame.width}:{frame.height}:flags=bicubic,curves=all='0/0 0.5/0.42 1/0.6'[shine];"
        f"[set][glow]blend=all_mode=screen:all_opacity=0.8[lit];[lit][shine]blend=all_mode=screen,{_end(frame)}"
    )


def fields(frame: Frame) -> str:
    """Large fields of colour that breathe."""
    return (
        f"gradients={_small(frame, 8)}:type=radial:c0=0xffb347:c1=0xc8553d:c2=0x4b1d52:c3=0x14213d:n=4:speed=0.014:seed=2,"
        "format=gbrp[one];"
        f"gradients={_small(frame, 8)}:type=linear:c0=0x1d3461:c1=0xf2c6b4:c2=0x7a306c:c3=0xd1495b:n=4:speed=0.011:seed=8,"
        f"format=gbrp[two];[one][two]blend=all_mode=average,gblur=sigma=5,{_large(frame)},"
        f"curves=all='0/0 0.25/0.26 0.5/0.72 1/1',{_end(frame)}"
    )


def rule(frame: Frame, number: int, seed: int, colours: str) -> str:
    """One elementary cellular automaton (Wolfram's `number`), woven downwards; `colours` is a tint.

    `seed` 0 begins with a single cell, anything else with a row of chance.
    """
    first = "pattern=@" if seed == 0 else f"random_seed={seed}:ratio=0.4"
    return (
        f"cellauto=s={frame.width // 8}x{frame.height // 8}:r={frame.rate // 2}:rule={number}:{first}:full=0:scroll=1,"
        f"format=gray,fps={frame.rate},tmix=frames=2,{_large(frame, 'neighbor')},split[sharp][soft];"
        f"[soft]scale=iw/8:ih/8,gblur=sigma=3,{_large(frame)}[glow];"
        f"[sharp][glow]blend=all_mode=screen:all_opacity=0.55,{colours},{_end(frame)}"
    )
