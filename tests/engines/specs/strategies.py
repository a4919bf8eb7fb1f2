"""Arbitrary specifications and arbitrary lines that look like specifications."""

from hypothesis import strategies as st

from brain_engines.specs.grades import GRADES
from brain_engines.specs.names import WORDS, spellings
from brain_engines.specs.problem import (
    Condition,
    Form,
    Length,
    LengthKind,
    Process,
    Quality,
    Section,
    Specification,
    Surface,
    Treatment,
    Weighing,
)
from brain_engines.specs.standards import known


def micrometres(low, high):
    """Sizes in micrometres that are tenths of a millimetre."""
    return st.integers(low * 10, high * 10).map(lambda tenths: tenths * 100)


def sections(form):
    if form is Form.TUBE:
        return st.builds(Section, diameter=micrometres(20, 600), wall=micrometres(1, 9))
    if form is Form.RING:
        return st.builds(
            Section, diameter=micrometres(300, 900), bore=micrometres(100, 299), height=micrometres(20, 300)
        )
    if form in (Form.SQUARE_BAR, Form.HEX_BAR):
        return st.builds(Section, side=micrometres(5, 200))
    if form is Form.FLAT_BAR:
        return st.builds(Section, thickness=micrometres(3, 40), width=micrometres(41, 300))
    if form in (Form.PLATE, Form.STRIP):
        wide = st.one_of(st.none(), micrometres(100, 999))
        return st.builds(Section, thickness=micrometres(1, 25), width=wide)
    low, high = {Form.WIRE_ROD: (6, 50), Form.WIRE: (1, 19)}.get(form, (5, 900))
    return st.builds(Section, diameter=micrometres(low, high))


metres = st.integers(5, 1200).map(lambda hundredths: hundredths * 10_000)
single = st.tuples(st.sampled_from([LengthKind.FIXED, LengthKind.MULTIPLE]), metres).map(
    lambda pair: Length(pair[0], pair[1], pair[1])
)
ranged = st.tuples(st.sampled_from([LengthKind.RANGE, LengthKind.RANDOM]), metres, st.integers(1, 300)).map(
    lambda parts: Length(parts[0], parts[1], parts[1] + parts[2] * 10_000)
)
lengths = st.one_of(st.none(), single, ranged, st.just(Length(LengthKind.RANDOM)))
processes = st.sets(st.sampled_from(sorted(Process))).map(
    lambda steps: tuple(step for step in Process if step in steps)
)


def _maybe(enumeration):
    return st.one_of(st.none(), st.sampled_from(list(enumeration)))


@st.composite
def specifications(draw):
    grade = GRADES[draw(st.sampled_from(sorted(GRADES)))]
    form = draw(st.sampled_from(list(Form)))
    entry = known(grade.standard)
    standards = [None, "Q/XYG 012-2021"]
    if entry is not None and entry.form in (None, form):
        standards += [grade.standard, f"{grade.standard}-2016"]
    process = draw(processes)
    if {Process.LADLE_FURNACE, Process.VACUUM_DEGASSED} & set(process):
        # LF and VD are refining: naming both says no more.
        process = tuple(step for step in process if step is not Process.REFINED)
    return Specification(
        form=form,
        grade=grade.name,
        section=draw(sections(form)),
        standard=draw(st.sampled_from(standards)),
        dimension_standard=draw(st.sampled_from([None, "GB/T 702", "GB/T 702-2017"])),
        quality=draw(_maybe(Quality)),
        condition=draw(_maybe(Condition)),
        treatment=draw(_maybe(Treatment)),
        surface=draw(_maybe(Surface)),
        length=draw(lengths),
        process=process,
        weighing=draw(_maybe(Weighing)),
    )


_WORDS = [word for names in WORDS.values() for word, _ in spellings(names)]
_PIECES = [
    *(
        "φ50",
        "φ60×8",
        "60*8",
        "50",
        "80",
        "6m",
        "4-6m",
        "定尺",
        "定尺6000",
        "不定尺",
        "L=",
        "×",
        "-",
        "/",
        "φ",
        "#",
    ),
    *(
        "5吨",
        "120t",
        "5200元/吨",
        "GB/T",
        "GB/T 18254-2016",
        "GB 3077",
        "YB/T 4146",
        "±0.3",
        "h11",
        "外径63",
        "壁厚9",
    ),
    *(
        "GCr15",
        "gcrl5",
        "45#",
        "45",
        "4140",
        "SUJ2",
        "Q235",
        "XYZ9",
        "50cm",
        "0",
        "0.0001",
        "不",
        "非",
        "mm",
        "厚",
    ),
    *(
        "轴承钢",
        "□50",
        "φ500×φ300×120",
        "φ20-30",
        "999999",
        "1.2.3",
        "φ0",
        "0×0",
        "φ8×9",
        "１２",
        "\u0661\u0662",
        "🔩",
    ),
]
lines = st.lists(
    st.one_of(st.sampled_from(_PIECES), st.sampled_from(_WORDS), st.sampled_from(sorted(GRADES))), max_size=9
).flatmap(lambda parts: st.sampled_from(["", " ", ",", "  "]).map(lambda gap: gap.join(parts)))
