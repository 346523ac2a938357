"""Words that cannot begin or end a set phrase: function words, numbers, reporting verbs.

They may occur inside a phrase: 党的政治建设, 改革开放40周年.
"""

import re
from typing import Final

from lsq.text.fold import fold

_FUNCTION: Final = """
的 了 和 与 及 以及 或 或者 在 是 为 对 将 等 也 都 就 又 还 并 并且 而 而且 于 以 把 被 从 到
向 给 让 使 由 这 那 其 该 各 每 某 此 本 不 没 没有 有 我 你 您 他 她 它 们 我们 你们 他们 她们
它们 自己 咱们 大家 之 所 者 地 得 着 过 上 下 中 里 内 外 前 后 间 时 来 去 会 能 可 可以 能够
要 应 应当 应该 必须 需要 已 已经 正 正在 更 更加 最 很 十分 非常 越 越来越 不断 进一步 同时
因为 由于 所以 因此 因而 但 但是 然而 不过 如果 只 只有 只要 通过 根据 按照 依照 经 经过 随着
关于 至 则 即 再 才 却 仅 仅仅 共 均 曾 曾经 如 比 用 做 作 作为 成为 当 以来 之间 之后 之前
之中 之一 以上 以下 以内 以外 以后 以前 左右 其中 其他 其它 包括 特别 尤其 目前 今年 去年 明年
近年 近年来 日前 当前 当时 当日 当天 今天 昨天 明天 这里 那里 什么 怎么 怎样 如何 为何 为什么 多
多个 多次 名 位 人 件 家 种 次 条 项 批 场 个 张 天 岁 元 万 亿 公里 米 吨 余 超过 达 达到 近 约
大约 同 跟 大 小 新 好 全 全部 所有 任何 许多 很多 不少 几 这个 那个 这些 那些 这样 那样 这种
那种 一个 一些 一种 一次 一样 一起 一直 一定 一边 一方面 另一方面 是否 并非 不是 就是 也是 而是
还是 还有 只是 不能 不会 不要 不得 无 未 非 仍 仍然 依然 既 甚至 尽管 虽然 即使 无论 不仅 不仅仅
不但 不只 以便 以免 从而 于是 然后 接着 最后 首先 其次 此外 另外 总之 例如 比如 诸如 似的 啊 吗
呢 吧 嘛 呀 哦 叫 像 似 为了 基于 鉴于 针对 围绕 每个 每年 每天 各个 各种 各类 各项 年 月 日 号
点 分 秒
"""

# Reporting verbs, and words that newspapers use about themselves.
_REPORTING: Final = """
说 表示 指出 强调 认为 介绍 称 提出 要求 告诉 透露 宣布 报道 讲 讲道 写道 谈到 提到 看到 感到
觉得 问 答 据 据悉 据了解 坦言 直言 回忆 感慨 呼吁 建议 解释 回应 补充 总结 相信 希望 看来 显示
表明 获悉 发现 如是说 记者 本报记者 本报 本报讯 电 讯 图 图为 摄 责编 责任编辑 编辑 新华社
人民网 来源 综合 版 记 制图 本版 供图 制表 版式设计 本版责编 视觉
"""

# Verbs whose object is a phrase by itself.
_BEGINNING: Final = """
推进 推动 推行 加快 加强 促进 深化 开展 参与 实施 落实 支持 提高 提升 完善 建设 打造 发挥 提供
扩大 增强 牢记 获 获得 参加 出席 来到 走进 前往 举行 举办 召开 组织 帮助 具有 拥有 面对 面临
涉及 位于 受到 得到 引起 进行 成立 建立 建成 推出 发布 印发 制定 出台 采取 利用 使用 保持 形成
带来 带动 带领 引导 鼓励 做好 抓好 抓 建 设 设立 负责 担任 贯彻 加大 强化 优化 积极 大力 全力
扎实 切实 认真 深入 努力 着力 继续 持续 充分 有效 率先 主动
"""
_END: Final = """
进行 参加 出席 来到 走进 前往 举行 举办 召开 成立 获得 得到 受到 位于 具有 拥有 开展 加强 推进
推动 加快 促进 提高 提升 实现 成 成为 带来 负责 担任 积极 大力 全力 扎实 切实 认真 深入 努力
着力 继续 持续 充分 率先 主动 全面 共同 方面 情况 问题 以来 期间
"""

_DIGITS: Final = "0-9〇零一二三四五六七八九十百千万亿两几数多余.%"
_NUMBER: Final = re.compile(
    f"第?[{_DIGITS}]+[年月日号天岁次个名位件人元项条种家户届级层倍点分秒时场批节章条款本]?"
)


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


_NEITHER: Final = _words(_FUNCTION) | _words(_REPORTING)
_FIRST: Final = _words(_BEGINNING)
_LAST: Final = _words(_END)


def can_begin(word: str) -> bool:
    """Whether a set phrase can begin with a folded word."""
    return word not in _FIRST and _can_be_at_edge(word)


def can_end(word: str) -> bool:
    """Whether a set phrase can end with a folded word."""
    return word not in _LAST and _can_be_at_edge(word)


def _can_be_at_edge(word: str) -> bool:
    return word not in _NEITHER and not _NUMBER.fullmatch(word)
