"""What two project managers answer, step by step, as they would type it."""

Boxes = dict[str, str]
Rows = dict[str, list[list[str]]]

ENGLISH: list[tuple[Boxes, Rows, str]] = [
    (
        {
            "project": "Tram depot",
            "customer": "Northbay Transit",
            "promised": "the wash hall",
            "original_date": "4 December",
            "moved_before": "no",
            "first_sign": "yesterday",
            "reader_name": "Ida Berg",
            "reader": "executive",
            "customer_language": "en",
            "channel": "email",
        },
        {},
        "Step 2 of 9",
    ),
    (
        {
            "cause_kind": "supplier",
            "cause": "The pumps arrived nine days late because of a strike at the port.",
            "cause_party": "supplier",
        },
        {},
        "Step 2 of 9",
    ),
    ({"own_part": "We did not order a second set in time."}, {}, "Step 3 of 9"),
    (
        {
            "done": "The hall and the pipes are finished.",
            "left": "The pumps and the test run.",
            "percent_done": "85",
        },
        {},
        "Step 4 of 9",
    ),
    ({"impact_known": "known"}, {}, "Step 4 of 9"),
    ({"impact": "The trams are washed by hand for ten more days."}, {}, "Step 5 of 9"),
    (
        {
            "new_date": "18 December",
            "date_basis": "Two pumps a day, confirmed by the fitter.",
            "confidence": "medium",
        },
        {
            "milestones": [
                ["Pumps in", "1 December", "10 December", "Ida"],
                ["Test run", "3 December", "17 December", "Per"],
            ]
        },
        "Step 6 of 9",
    ),
    (
        {"ask": "which of the two suits you", "decide_by": "1 December"},
        {
            "options": [
                ["Half the hall", "one lane on 7 December", "one lane", "none", "a free lane"],
                ["Whole hall", "18 December", "none", "none", "nothing"],
            ]
        },
        "Step 7 of 9",
    ),
    ({"goodwill": "none", "contract_term": "none"}, {}, "Step 8 of 9"),
    ({"effort": "Two fitters work on Saturday."}, {}, "Step 9 of 9"),
    (
        {"cadence": "weekly", "follow_up_channel": "call", "next_update": "30 November"},
        {},
        "All answers",
    ),
]

CHINESE: list[tuple[Boxes, Rows, str]] = [
    (
        {
            "project": "智能仓库改造",
            "customer": "海川物流",
            "promised": "三号库的自动分拣线",
            "original_date": "12月4日",
            "moved_before": "no",
            "first_sign": "昨天",
            "reader_name": "郑经理",
            "reader": "day_to_day",
            "customer_language": "zh",
            "channel": "chat",
        },
        {},
        "第2步",
    ),
    (
        {
            "cause_kind": "supplier",
            "cause": "两台电机因港口停工晚到了九天。",
            "cause_party": "supplier",
        },
        {},
        "第2步",
    ),
    ({"own_part": "我们没有提前备一台备用电机。"}, {}, "第3步"),
    ({"done": "机架和线缆已装好。", "left": "装电机，然后整线试跑。"}, {}, "第4步"),
    ({"impact_known": "known"}, {}, "第4步"),
    ({"impact": "三号库还要人工分拣十天。"}, {}, "第5步"),
    (
        {
            "new_date": "12月18日",
            "date_basis": "电机已到，每天能装一台，装配师傅已确认。",
            "confidence": "medium",
        },
        {
            "milestones": [
                ["电机装好", "12月1日", "12月10日", "何磊"],
                ["整线试跑", "12月3日", "12月17日", "苏晴"],
            ]
        },
        "第6步",
    ),
    (
        {"ask": "两个方案选哪个", "decide_by": "12月1日"},
        {
            "options": [
                ["先开半条线", "12月7日先用一半", "只有一半", "不加钱", "腾出一个通道"],
                ["整条线一起", "12月18日", "不变", "不加钱", "不需要"],
            ]
        },
        "第7步",
    ),
    ({"goodwill": "none", "contract_term": "none"}, {}, "第8步"),
    ({"effort": "两位师傅周六加班安装。"}, {}, "第9步"),
    (
        {"cadence": "weekly", "follow_up_channel": "call", "next_update": "11月30日"},
        {},
        "全部回答",
    ),
]
