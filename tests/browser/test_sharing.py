"""A conversation on the page that a colleague may read: asked about, read, listed, and taken back."""

from playwright.sync_api import expect

from tests.browser.chat import Visitors


def test_omar_reads_what_maya_shares_until_she_takes_it_back(visit: Visitors) -> None:
    maya, omar = visit("maya"), visit("omar")
    maya.say("/delay new Tram depot")
    maya.say("/delay invite Omar Haddad Tram depot")
    maya.press("Invite Omar Haddad")
    omar.press("Read it")
    shown = omar.page.get_by_role("button", name="Show it as it is now")
    expect(shown).to_be_visible()
    omar.say("/delay list")
    expect(omar.only_you).to_contain_text("You may read")
    row = omar.only_you.get_by_role("button", name="Open: Tram depot")
    expect(row).to_have_text("Open")

    maya.press("Who can read it")
    maya.press("Stop sharing with Omar Haddad")
    expect(omar.page.locator("article").last).to_contain_text("no longer shares Tram depot")
    expect(shown).to_have_count(0)


def test_the_same_in_chinese(visit: Visitors) -> None:
    owner, reader = visit("chenyu"), visit("linjing")
    owner.say("/delay 新建 风电场")
    owner.say("/delay 邀请 林静 风电场")
    owner.press("邀请林静")
    reader.press("查看")
    expect(reader.page.locator("article").last).to_contain_text("您只能查看，不能改动。")
    reader.say("/delay 列表")
    expect(reader.only_you.get_by_role("button", name="打开：风电场")).to_have_text("打开")
    owner.press("谁能查看")
    owner.press("不再共享给林静")
    expect(reader.page.locator("article").last).to_contain_text("不再把“风电场”共享给您")
