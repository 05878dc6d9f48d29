"""Words that are no names: what a capital letter or a surname character may begin otherwise."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ORDINARY = _words(
    """
    polish portuguese russian turkish greek norwegian swedish danish finnish irish scottish
    welsh belgian austrian czech slovak hungarian romanian bulgarian ukrainian latvian
    estonian lithuanian croatian serbian slovenian arabic hebrew hindi mandarin cantonese
    latin thai vietnamese mexican brazilian canadian australian israeli egyptian iranian
    catalan icelandic scandinavian baltic nordic
    a abc about above accept according account across action actions add added advice african
    after afternoon afterwards again against agenda agree all almost along already also although
    always am american an and another any anybody anyone anything apart api apologies app
    approve approved apps apr april are around arrive as asian ask assembly at attached audit
    aug august available away b2b back background bad based basis batch bcc be because become
    been before begin behind being believe below besides best beta better between beyond big
    bios block board book booking both branch bring british budget bug build burn business but
    by cad calculate call can cancel cannot capacity captain carry case cause caution cc central
    ceo cest cet cfo chair change chat check check-in checks chf chief chinese choice choose
    christmas ci cio clear click client clients close closing cny code colleague colleagues come
    commercial commission committee common company complete completion compliance component
    components concern conclusion confidence confidential confirm consider consultant contact
    contingency contract contractor control coo copy core correct cost costs could couldn't
    count country coverage cpu credit crm cto current customer customers cut daily dashboard
    data date dates day days db ddos deadline dear debt dec december decision deep default
    defect defects definitely delay delays deliver delivered delivery demo department depends
    deploy deployment deputy design despite detail details developer developers development
    device devices diagnosis did didn't different direct director discount discussion dns do
    doctor document documents does doesn't don't done down downtime draft driver due during
    dutch duty e-mail each earlier early easter eastern easy effect effects effort ehr eight
    either electrical electronic else email emergency end engineer engineering engineers english
    enough environment equipment erp error errors escalation especially essentially est estimate
    estimates eta eu eur european even event every everybody everyday everyone everything
    evidence exact exactly example excellent except exchange executive expect expert experts
    explain extended external extra fact factory facts failure failures fair fall fallback faq
    far fast fat fault feature feb february feedback few fewer field figure file files final
    finally finance find fire firmware first five fix fixed floor follow follow-up for forecast
    foreign formal fortunately forward four fourth free freeze french frequent fri friday
    friendly from frozen fuel full function further future fyi gateway gbp gdpr general german
    get give given gmt go go-live god good good-bye goodbye goods goodwill got gpu great green
    ground group growth guarantee guess guide half hand handover happy hard hardly hardware has
    have haven't having he head heading health hello help hence her here hi high highest his hkd
    hold honest hope hopefully hospital hospitality hotel hour hours how however hr html http
    https human i i'd i'll i'm i've ict id idea if immediate impact implementation import
    important impossible improve in incident include increase indeed independent indian industry
    info information initial input inside inspection install installation installer instead
    integration interface interim internal internet into inventory investigate invoice invoicing
    io ios iot ip is isn't issue issues it it's italian item items iteration its itself jan
    january japanese job join jpy json jul july jun june just keep kick-off kind kindly know
    knowledge korean kpi lab labor labour lack ladies lan language large last late later launch
    lead least leave left legal less lesson let letter letters level liability library licence
    license life light lighting like line list little live llc load local logistics long look
    loss lot low lower machine main maintenance make management manager managers manual
    manufacturing many mar march margin marketing master material materials math may maybe me
    mean measure mechanical meet meeting meetings member members merely message method middle
    migration milestone milestones mind mine minimum minor minutes missing mitigation mobile
    mode model module mon monday money monitoring month months more morning most mostly move
    much music must mvp my national natural naturally nda near nearly need needs neither network
    never new news next night nine no nobody none nor normal normally north northern not note
    nothing notice nov november now number numbers obviously oct october of off offer office
    officer official often ok okr old on on-site once one ones only open operation operations
    operator option options or order origin original os other others otherwise our ours out
    outcome outlook over overall overtime overview own owner owners package packaging page
    painting paper parallel part parties partner partners parts party past patch payment
    payments pc pdf penalty people per percent perfect performance perhaps period permit person
    personal phase phd phone pilot pipeline place plan planned plans platform please pm pmo po
    poc point police policy port position possible post power practice precise preparation
    present president pressure previous price print priority private probably problem procedure
    process processes procurement product production program progress project projects promise
    prompt proof proposal proposed protocol prototype provider ps pst public purchase purchasing
    pure put q1 q2 q3 q4 qa qr quality quarter question questions queue quick quite quote raci
    raid rain ram range rate rather rc re read ready real reality really reason reasons recap
    recently recovery red reduced reference refund regarding regards regression regular
    regulatory rehearsal release relevant reliability remaining remedy remote repair replacement
    report reports request research reserve resource resources respectfully respond response
    rest result results retest review rework rfc rfi rfp rfq right risk risks rmb road roi role
    rollout room root round routine rule run saas safe safety said salary sales same sample sat
    saturday save say scale schedule school science scope screen sdk search second secondly
    section secure security see seen select senior sensor sensors sentence seo sep separate sept
    september server servers service services session set seven several shall share she shift
    ship shipping short should show side sign signed simple since sincerely single sir sit site
    sites six size skill sla slip slo small smart smoke sms so social software some somebody
    someone something soon sop sorry sorting source south southern sow spanish spare spares
    special specification speed sprint sql sso stability staff stage standard start starts state
    statement status steering step steps still stop storage store storm story street stress
    strong structure student study subject success such suddenly suggestion sum summary summer
    sun sunday supplier suppliers supply support sure surface survey swiss switch system systems
    table tail take talk talks target task tasks tba tbc tbd team teams tech technical
    technically technology telephone temporary ten tender terms test tester testers testing
    tests text thank thanks that that's the their them theme then theory there there's therefore
    these they they're thing things think third this those though thousand three through
    throughout thu thur thurs thursday thus ticket tickets till time timeline timing title tls
    to today together told tomorrow tonight too tool tools top total touch toward track trade
    traffic train training transfer transport treasury trial tried trouble true truly trust try
    tue tues tuesday turn tv twelve two type typical uat ui uk under unfortunately union unit
    units university unless until up update updates upgrade upon urgent url us usa usb usd use
    user users usual utc ux valid validation value variant vat vehicle vendor verification
    version very via vice video view vip virtual vm voice volume vpn wait wan want warehouse
    warning warranty was water way wbs we we'd we'll we're we've weather web website wed
    wednesday week weekend weekends weekly weeks welcome well were west western what what's
    whatever when whenever where whereas whether which while who whole whose why wi-fi wifi will
    wiring wish with within without wonder word words work workaround worker workers working
    works workshop worse worst would write wrong xml year years yes yesterday yet you you'll
    you're you've your yours zero
    """
)
# Words that say nothing of what a sentence is about.
IDLE = _words(
    """
    all also and any are been being both but can could each for from had has have here into its
    may more most must not one onto our per should than that the their then there these they
    this those very was were what when which who whom will with would you your
    """
)

TITLES = _words(
    """
    dr frau herr madam miss mr mrs ms mx prof sir
    """
)
ORGANISATION = _words(
    """
    ag airlines airways bank clinic co corp corporation foods gmbh group holdings hospital inc
    incorporated institute labs limited llc logistics ltd partners pharma plc university
    """
)
ENDINGS = tuple(
    _words(
        """
        able age ages ance ed ence ery ful ible ies ing ism ities ity ive ives less ly ment ments
        ness ous ship sion sions tion tions ure ures ware
        """
    )
)  # of words that are seldom names

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛"
    "伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景"
    "薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶"
)
CHINESE_TITLES = "董事长|总经理|副总|总监|总工|经理|主任|院长|校长|主管|部长|处长|局长|科长|厂长|店长|工程师|博士|教授|医生|老师|先生|女士|小姐|师傅|律师"
CHINESE_ORGANISATION = (
    "有限公司|股份公司|公司|集团|医院|学院|大学|银行|研究所|研究院|事务所|中学|小学|酒店|机场"
)
NOT_A_SURNAME = _words(
    """
    施工 任谁 万一 万元 万达 严格 严重 乔迁 于今 于是 于此 任何 任务 任意 任职 位置 何时 余下 余地 余量 余额
    全体 全部 关于 关机 关注 关键 关闭 凌晨 包含 包括 包装 华东 华为 华北 华南 单个 单价 单位 单台
    单据 单次 单独 卫生 史上 司机 司法 吉日 向您 向贵 周期 周末 夏天 夏季 姜汁 孔位 季度 季节 宁波
    安全 安心 安排 安检 安装 容量 尤其 岳阳 左侧 左右 席位 常务 常常 常见 常规 常驻 平台 庄重 应该
    康复 强制 强度 强电 强调 成为 成交 成功 成员 成品 成本 成果 房屋 房源 房间 文件 文档 方便 方向
    方式 方案 方法 方面 时候 时刻 时效 时段 时长 时间 时限 时隔 明天 明确 易用 景区 曲线 曾经 林地
    柏油 查明 查看 查询 查验 柳州 桂林 梅雨 植物 欧洲 武汉 段落 毕竟 毛利 毛坯 毛重 水电 水管 江北
    江南 江苏 汤姆 涂层 涂料 温差 温度 温控 温湿 游客 焊接 焦点 甘肃 田地 田间 申报 申请 白天 白色
    盛夏 石头 石材 石油 祝好 祝您 程序 程度 章程 章节 童声 童装 童趣 管理 管线 管道 纪律 纪要 舒适
    苗木 范围 莫名 薄弱 解决 解冻 解释 计划 许可 许多 谷物 费用 贺信 路口 路由 路线 路面 车型 车站
    车辆 车间 车队 辛苦 边界 边缘 邮件 金属 金牌 金额 钟头 阳台 阶段 陆续 雷达 项下 项目 顾客 顾虑
    顾问 饶有 马上 马路 马达 高低 高层 高峰 高度 高管 高级 鲁莽 黎明 齐全 龙头 龙门
    """
)
GENERIC_ORGANISATION = _words(
    """
    一家 上市 上级 下属 两家 乙方 他 他们 付款 代理 你 你们 供应商 供货 保险 兄弟 全 关联 几家 分
    印刷 双方 各 合作 咨询 咱们 国有 外 外包 外资 大 她 子 安装 小 广告 建筑 开户 快递 总 总承包
    您 我 我们 承运 招标 控股 搬家 收款 整个 新 施工 本 某 检测 母 每 民营 测评 物流 甲方 电梯
    监理 租赁 第三方 老 装修 认证 设备 设计 该 货运 贵 软件 运输 这家 那家
    """
)
PARTICLES_ZH = (
    "的和与及或给向由在请对从把被为是到让跟同找经将等、归属于比按据靠找派叫约以往至所因当用"
)
