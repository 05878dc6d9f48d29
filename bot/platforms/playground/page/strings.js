// Every sentence of the page itself, in English and in Chinese side by side.
// What the bot says comes from the server and brings its own two languages.

export const STRINGS = {
  title: { en: "Candor playground", zh: "Candor 试用页" },
  skip_to_composer: { en: "Skip to the message box", zh: "跳到输入框" },

  banner: {
    en: "This is a simulation: nobody outside this page gets a message.",
    zh: "这是模拟环境：页面以外的任何人都不会收到消息。",
  },
  banner_kept: { en: "What you type is kept in {place}.", zh: "您输入的内容保存在 {place}。" },
  reset: { en: "Reset sample", zh: "重置示例" },
  reset_title: { en: "Reset the sample?", zh: "要重置示例吗？" },
  reset_body: {
    en: "All conversations on this page are deleted, and the sample begins anew. This cannot be undone.",
    zh: "本页的全部对话都会删除，示例从头开始。此操作无法撤销。",
  },
  reset_yes: { en: "Delete and begin anew", zh: "删除并重新开始" },
  reset_done: { en: "The sample is fresh again.", zh: "示例已恢复到最初状态。" },
  keep: { en: "Keep everything", zh: "保留现有内容" },

  places: { en: "Conversations and people", zh: "会话与人员" },
  open_places: { en: "Open conversations and people", zh: "打开会话与人员" },
  conversations: { en: "Conversations", zh: "会话" },
  you_are: { en: "You are", zh: "您现在是" },
  unread: { en: "new", zh: "新消息" },

  tools: { en: "Tools", zh: "工具" },
  open_tools: { en: "Open tools", zh: "打开工具" },
  close: { en: "Close", zh: "关闭" },
  language_of: { en: "Language", zh: "语言" },
  theme: { en: "Colours: {name}", zh: "配色：{name}" },
  theme_auto: { en: "as the system", zh: "跟随系统" },
  theme_light: { en: "light", zh: "浅色" },
  theme_dark: { en: "dark", zh: "深色" },

  log: { en: "Messages with {name}", zh: "{name} 的消息" },
  empty_dm: {
    en: "Nothing here yet. Type /delay to begin a conversation about a delay.",
    zh: "这里还没有消息。输入 /delay 开始一次延期沟通。",
  },
  empty_channel: {
    en: "Reminders about promised dates will appear here once a customer has been told.",
    zh: "告知客户之后，与承诺日期有关的提醒会出现在这里。",
  },
  empty_inbox: {
    en: "Nothing has been sent to the customer; that needs a person's tap.",
    zh: "还没有向客户发送任何内容；发送必须由人确认。",
  },
  only_you: { en: "Only you can see this", zh: "仅您可见" },
  dismiss: { en: "Dismiss", zh: "收起" },

  composer: { en: "Message", zh: "消息" },
  composer_hint: { en: "Write an answer, or / for commands", zh: "写下回答，或输入 / 查看命令" },
  composer_channel: { en: "Write to {name}", zh: "发到 {name}" },
  only_commands: {
    en: "Here Candor only takes commands; your line is still in the box. Answers go to your own conversation with Candor.",
    zh: "这里 Candor 只接收命令，您写的内容还在框里。回答请发到您与 Candor 的对话。",
  },
  send: { en: "Send", zh: "发送" },
  open_palette: { en: "Show commands", zh: "显示命令" },
  palette: { en: "Commands", zh: "命令" },
  palette_count: { en: "{count} commands. Arrow keys choose, Enter takes.", zh: "共 {count} 条命令，用方向键选择，回车确认。" },
  palette_none: { en: "No command begins like this; it is sent as you typed it.", zh: "没有以此开头的命令，将按原文发送。" },

  optional: { en: "optional", zh: "选填" },
  change: { en: "Change", zh: "修改" },
  change_of: { en: "Change: {label}", zh: "修改：{label}" },
  open: { en: "Continue", zh: "继续" },
  open_of: { en: "Continue: {label}", zh: "继续：{label}" },
  yes: { en: "Yes", zh: "是" },
  no: { en: "No", zh: "否" },
  choose: { en: "Choose…", zh: "请选择…" },
  choose_several: { en: "Several can be chosen", zh: "可选择多项" },
  unpick: { en: "Choose none", zh: "取消选择" },
  pick_date_for: { en: "Pick a date: {label}", zh: "选择日期：{label}" },
  rows_edit: { en: "Fill in: {label}", zh: "填写：{label}" },
  rows_edit_more: { en: "Edit: {label}", zh: "编辑：{label}" },
  rows_none: { en: "No rows yet.", zh: "尚未填写。" },
  rows_count: { en: "{count} of at most {most} rows", zh: "{count} 行，最多 {most} 行" },
  row: { en: "Row {number}", zh: "第 {number} 行" },
  row_add: { en: "Add a row", zh: "添加一行" },
  row_remove: { en: "Remove row {number}", zh: "删除第 {number} 行" },
  row_up: { en: "Move row {number} up", zh: "第 {number} 行上移" },
  row_down: { en: "Move row {number} down", zh: "第 {number} 行下移" },
  rows_kept: { en: "What you type here is kept when you close.", zh: "关闭后，这里填写的内容仍会保留。" },
  done: { en: "Done", zh: "完成" },

  copy: { en: "Copy text", zh: "复制文本" },
  copy_title: { en: "Plain text to copy", zh: "可复制的纯文本" },
  copy_about: { en: "The text is selected. Nothing is sent from here.", zh: "文本已选中。此处不会发送任何内容。" },
  copy_now: { en: "Copy", zh: "复制" },
  copied: { en: "Copied.", zh: "已复制。" },
  copy_failed: {
    en: "The browser did not allow it. The text is selected: press Ctrl+C, or ⌘C on a Mac.",
    zh: "浏览器不允许自动复制。文本已选中：请按 Ctrl+C，Mac 上按 ⌘C。",
  },

  tab_time: { en: "Time", zh: "时间" },
  tab_payload: { en: "Payload", zh: "载荷" },
  tab_state: { en: "State", zh: "状态" },
  tab_outbox: { en: "Outbox", zh: "发件箱" },
  tab_text: { en: "Plain text", zh: "纯文本" },
  time_now: { en: "Time on this page", zh: "本页时间" },
  time_real: { en: "The clock runs with the real time.", zh: "与真实时间一致。" },
  time_moved: { en: "The clock is ahead of the real time.", zh: "已快于真实时间。" },
  time_about: {
    en: "Move the clock ahead to see reminders arrive. Only this page's clock moves.",
    zh: "把时钟拨快，可以看到提醒如何到来。只影响本页的时钟。",
  },
  jump_now: { en: "Back to now", zh: "回到现在" },
  jump_hour: { en: "+1 hour", zh: "+1 小时" },
  jump_working_day: { en: "+1 working day", zh: "+1 个工作日" },
  jump_monday: { en: "Next Monday, 09:00", zh: "下周一 09:00" },
  jump_next_ping: { en: "Jump to the next reminder", zh: "跳到下一次提醒" },
  next_ping: { en: "Next reminder: {when}", zh: "下一次提醒：{when}" },
  no_ping: { en: "No reminder is waiting.", zh: "当前没有待发的提醒。" },
  jumped: { en: "It is now {when}.", zh: "现在是 {when}。" },
  payload_about: { en: "The latest card of this conversation, as it was sent.", zh: "本会话最新一张卡片的原始内容。" },
  payload_size: { en: "{blocks} blocks, {bytes} bytes", zh: "{blocks} 个区块，{bytes} 字节" },
  state_about: { en: "The case as it stands in the database.", zh: "数据库中该延期事项的当前内容。" },
  state_case: { en: "Case", zh: "延期事项" },
  state_none: { en: "No case yet. Type /delay to begin one.", zh: "还没有延期事项。输入 /delay 开始。" },
  outbox_about: { en: "What the bot has to say, and whether it has left.", zh: "机器人要发的内容，以及是否已经发出。" },
  outbox_none: { en: "The outbox is empty.", zh: "发件箱是空的。" },
  text_about: {
    en: "What a notification or a screen reader gets of each message.",
    zh: "通知与读屏软件读到的每条消息内容。",
  },
  text_none: { en: "No message yet.", zh: "还没有消息。" },
  payload_none: { en: "No card yet.", zh: "还没有卡片。" },

  tour: { en: "Four short tips", zh: "四条小提示" },
  tour_of: { en: "Tip {number} of {count}", zh: "提示 {number}/{count}" },
  tour_next: { en: "Next tip", zh: "下一条" },
  tour_end: { en: "Start", zh: "开始使用" },
  tour_never: { en: "Do not show tips again", zh: "不再显示提示" },
  tour_1_title: { en: "A case is already half done", zh: "示例已完成一半" },
  tour_1_body: {
    en: "Answer the open question on the card, or simply type the answer below.",
    zh: "在卡片上回答当前问题，或者直接在下方输入。",
  },
  tour_2_title: { en: "Type / for commands", zh: "输入 / 查看命令" },
  tour_2_body: {
    en: "/delay begins a new conversation; list, show and draft find the others again.",
    zh: "/delay 开始新的沟通；后面加上“列表”“查看”“草稿”，可以找回其他事项。",
  },
  tour_3_title: { en: "Be somebody else", zh: "换个人看看" },
  tour_3_body: {
    en: "On the left you change between the project managers, the approver, the customer and the PMO.",
    zh: "在左侧可以切换为项目经理、审批人、客户或 PMO。",
  },
  tour_4_title: { en: "Move the clock", zh: "拨快时钟" },
  tour_4_body: {
    en: "Under Tools you jump to the next reminder, and see what was sent and how it is kept.",
    zh: "在“工具”中可以跳到下一次提醒，查看发出的内容及其保存方式。",
  },

  fault: { en: "That did not get through. What you typed is still here; please try again.", zh: "没有送达。您输入的内容还在，请再试一次。" },
  offline: { en: "The connection is lost; trying again…", zh: "连接已断开，正在重试……" },
  working: { en: "Working on it…", zh: "正在处理……" },
  online: { en: "Connected again.", zh: "已重新连接。" },
  too_large: { en: "That is too long for one message. It is still in the box.", zh: "内容超过一条消息的上限，仍保留在输入框中。" },
};

/** The sentence named `key` in `language`, with its `{slots}` filled. */
export function say(key, language, slots = {}) {
  const text = STRINGS[key][language];
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in slots ? String(slots[name]) : whole));
}
