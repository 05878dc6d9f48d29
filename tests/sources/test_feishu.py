"""Feishu Project's own ways: two envelopes, pages from 1, and a mapping without which nothing is due."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.engine.outside import Busy
from bot.outside.token import Key
from bot.sources.feishu import Feishu, FeishuConfig
from tests.sources.fakes import feishu as vendor
from tests.sources.fakes.vendor import Answer, Clock
from tests.sources.rigs import SHANGHAI, Rig, feishu_rig


def fake_of(rig: Rig) -> vendor.Feishu:
    assert isinstance(rig.fake, vendor.Feishu)
    return rig.fake


async def test_both_envelopes_are_read(tmp_path: Path) -> None:
    async with feishu_rig(Clock(), tmp_path) as rig:
        plain = await rig.tracker.facts(rig.project)
        fake_of(rig).older = True
        fake_of(rig).alive.clear()
        assert await rig.tracker.facts(rig.project) == plain


async def test_deleted_rows_and_those_of_another_space_are_left_out(tmp_path: Path) -> None:
    async with feishu_rig(Clock(), tmp_path) as rig:
        facts = await rig.tracker.facts(rig.project)
        assert [i.ref for i in facts.late_items] == ["7", "6"]


async def test_without_a_field_for_it_nothing_is_due_and_the_counts_stay(tmp_path: Path) -> None:
    async with feishu_rig(Clock(), tmp_path) as rig:
        bare = FeishuConfig(
            fake_of(rig).base,
            Key(vendor.PLUGIN, vendor.SECRET),
            vendor.USER,
            SHANGHAI,
            {vendor.PROJECT: "Tram depot"},
        )
        tracker = Feishu(bare, rig.clock.now)
        facts = await tracker.facts(vendor.PROJECT)
        assert facts.late_items == ()
        assert facts.whole is not None
        assert (facts.whole.done, facts.whole.total) == rig.counted
        await tracker.close()
        assert "hidden" not in repr(replace(bare, key=Key("id", "hidden")))


@pytest.mark.parametrize("body", [{"err_code": 10429}, {"error": {"code": 10429}}])
async def test_too_many_calls_are_a_pause_in_either_envelope(
    tmp_path: Path, body: dict[str, object]
) -> None:
    async with feishu_rig(Clock(), tmp_path) as rig:
        await rig.tracker.projects()
        fake_of(rig).instead = lambda _: Answer(body)
        with pytest.raises(Busy):
            await rig.tracker.facts(rig.project)


async def test_a_state_without_its_place_in_the_flow_leaves_the_space_uncounted(
    tmp_path: Path,
) -> None:
    async with feishu_rig(Clock(), tmp_path) as rig:
        fake_of(rig).items[8]["work_item_status"] = {"state_key": "new"}
        whole = (await rig.tracker.facts(rig.project)).whole
        assert whole is not None
        assert whole.total is None
