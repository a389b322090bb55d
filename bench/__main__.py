"""`make bench`: measure, print the table, write docs/performance.md."""

from __future__ import annotations

import argparse
from pathlib import Path

from bench import data, rows, table

PAGE = data.BASE / "docs" / "performance.md"


def main() -> int:
    options = _options()
    keys = options.only or list(rows.NEEDS)
    scales = {"small": min(options.scale), "large": max(options.scale)}
    wanted = dict.fromkeys((group, scales[size]) for key in keys for group, size in rows.NEEDS[key])
    for scale in sorted({scale for _, scale in wanted}):
        data.prepare(scale)
    numbers: rows.Numbers = {}
    for group, scale in wanted:
        print(f"Measuring {group} at scale {scale} …", flush=True)
        numbers[group, scale] = data.measure(group, scale, quick=options.quick)
    run = rows.Group(numbers, options.scale)
    lines = table.lines(run, keys)
    print(f"\n{table.as_text(lines)}\n\n{table.machine()}")
    if keys == list(rows.NEEDS) and not options.quick:
        _write(run, lines)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--scale", type=_numbers, default=[1, 100], help="scales to measure at, such as 1,100")
    parser.add_argument("--only", type=lambda text: text.split(","), help=f"some of {', '.join(rows.NEEDS)}")
    parser.add_argument("--quick", action="store_true", help="fewer repetitions, and nothing is written")
    options = parser.parse_args()
    if unknown := set(options.only or []) - set(rows.NEEDS):
        parser.error(f"No such rows: {', '.join(sorted(unknown))}")
    return options


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _write(run: rows.Group, lines: list[tuple[str, str, str, str]]) -> None:
    pages, searching, saving = run.at("pages"), run.at("searching"), run.at("saving")
    posting = {name: f"{seconds * 1000:.1f}" for name, seconds in run.at("posting").items()}
    text = Path(__file__).with_name("page.md").read_text()
    PAGE.write_text(
        text.format(
            table=table.as_markdown(lines),
            machine=table.machine(),
            scales=f"{run.small} and {run.large}" if run.large > run.small else str(run.small),
            hello=f"{pages['hello'] * 1e6:.0f}",
            warm=f"{pages['warm'] * 1000:.1f}",
            cold=f"{pages['cold'] * 1000:.1f}",
            questions=f"{searching['questions']:.0f}",
            p50=f"{searching['p50'] * 1000:.1f}",
            p95=f"{searching['p95'] * 1000:.1f}",
            stock=f"{run.at('stock')['p95'] * 1000:,.0f}",
            directory=f"{run.at('directory')['pages']:.0f}",
            members=f"{run.at('directory', run.large)['members']:,.0f}",
            public=f"{run.at('directory', run.large)['public']:,.0f}",
            paints=f"{run.at('paint')['visits']:.0f}",
            save=f"{saving['save'] * 1000:.2f}",
            letters=f"{run.at('letters')['letters']:.0f}",
            alone=f"{saving['save_alone'] * 1000:.2f}",
            post=posting["post"],
            waking=posting["post_waking"],
            service=posting["service"],
            insert=posting["insert"],
        )
    )
    print(f"Written: {PAGE.relative_to(data.BASE)}")


if __name__ == "__main__":
    raise SystemExit(main())
