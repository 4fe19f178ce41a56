//! The host's own texts in Chinese and English, as plain fields: a text that is missing in one language
//! does not compile. Sentences with numbers and times are in [`crate::render::say`].
//!
//! To add a text: one line in the list. What does not belong here: texts of plugins, which come from
//! their manifests and trees.

use cunshi_contract::Lang;

macro_rules! texts {
    ($($name:ident: $zh:literal, $en:literal;)*) => {
        /// The host's texts in one language.
        #[derive(Clone, Copy, Debug)]
        pub struct Words {
            $(#[doc = $zh] pub $name: &'static str,)*
        }

        static ZH: Words = Words { $($name: $zh,)* };
        static EN: Words = Words { $($name: $en,)* };
    };
}

texts! {
    // The shell.
    platform: "村事", "Cunshi";
    platform_line: "一村一账，件件有回音", "Village affairs, each one answered";
    skip: "跳到正文", "Skip to the content";
    main_nav: "主导航", "Main navigation";
    crumbs: "所在位置", "Where you are";
    home: "首页", "Home";
    mine: "我的", "Me";
    to_do: "待办", "To do";
    back: "返回", "Back";
    back_home: "回村里首页", "Back to the village's home";
    back_portal: "回到首页", "Back to the start";
    large_type: "大字版", "Large type";
    normal_type: "标准字", "Normal type";
    other_language: "English", "中文";
    other_language_short: "EN", "中";
    sign_in: "登录", "Sign in";
    sign_out: "退出登录", "Sign out";
    settings: "显示设置", "How it looks";
    office_village: "村委会电话", "Village office";
    office_community: "居委会电话", "Community office";
    office_town: "镇（街道）电话", "Town office";
    office_district: "区里电话", "District office";
    contact: "有事找人", "Contact";
    done: "办好了。", "Done.";
    more: "更多", "More";
    next_page: "下一页", "Next page";
    empty_list: "这里还没有内容。", "Nothing here yet.";
    search: "搜索", "Search";
    print: "打印", "Print";
    signature: "签字", "Signature";
    printed: "打印时间", "Printed";

    photo: "照片", "Photo";
    file: "文件", "File";
    before: "办理前", "Before";
    after: "办理后", "After";
    why: "这是怎么算的", "How this was worked out";
    balance_after: "余", "balance";
    decision_why: "理由", "Why";
    decision_row: "村里的表上怎么写", "What the village's table says";
    decision_output: "结果", "What came out";
    decision_more: "看依据和规则原文", "See what it rests on, and the rule itself";
    decision_facts: "规则看到的事实（没有姓名）", "The facts that the rule was told (no names)";
    decision_answers: "规则问过平台的", "What the rule asked of the platform";
    decision_script: "规则原文", "The rule itself";
    decision_voided: "这次决定后来作废了，不再算数。", "This decision was set aside later and counts no more.";
    decision_fell_back: "村里的规则当时出了错，这一次按上级的规则算。", "The village's own rule failed at the time, so the rule above it decided.";
    decision_objection: "觉得算得不对？可以提出异议，或者当面、打电话问村里。", "Do you think it is wrong? Object, or ask the office in person or by telephone.";
    erased: "内容已删除", "The words were removed";
    next_step: "接下来", "Next";
    outside_mark: "外部链接", "leaves this site";

    // Forms.
    required: "必填", "required";
    choose: "请选择", "Please choose";
    none_of_these: "不填", "No answer";
    yes: "是", "Yes";
    no: "否", "No";
    yuan: "元", "yuan";
    points_unit: "分", "points";
    from_day: "从", "From";
    to_day: "到", "To";
    take_photo: "拍照", "Take a photo";
    from_album: "从相册选", "Choose photos";
    choose_files: "选择文件", "Choose files";
    kept_files: "已经传好的：", "Already sent:";
    keep: "保留", "Keep";
    nobody_listed: "名单里还没有可选的。", "There is nobody to choose yet.";
    nothing_to_choose: "现在没有可选项。", "There is nothing to choose at the moment.";
    on_behalf: "替谁办", "On whose behalf";
    on_behalf_hint: "替没有手机的村民登记时选他的名字；自己的事不用选。", "Choose the villager without a phone that you enter this for; leave it for your own.";
    on_behalf_self: "我自己", "Myself";
    templates: "常用答复", "Ready answers";
    templates_hint: "点一下填进去，再按实际改。", "Tap to fill it in, then change it as needed.";
    sending: "正在提交…", "Sending…";
    draft_restored: "上次没提交的内容帮你留着了。", "What you had not sent last time was kept.";
    draft_clear: "清空重写", "Start afresh";
    sign_in_to: "登录后就能办理", "Sign in to do this";
    photos_chosen: "已选", "Chosen:";
    error_mark: "错误", "Error";
    private_title: "还没有保存：里面有不宜公开的号码", "Not saved yet: it holds numbers that should not be public";
    private_intro: "这些号码公开后人人看得到，也可能被骗子利用。请选怎么办，或者在下面改掉。", "Everybody could read these numbers, and abuse them. Choose what to do, or change the text below.";
    private_becomes: "遮住后：", "Masked: ";
    private_mask: "遮住后提交", "Mask them and send";
    private_keep: "保留原文（村干部）", "Keep them as they are (cadres)";
    private_reason: "保留的原因", "Why they are kept";
    private_reason_hint: "会记下是谁、哪一项、为什么，不记号码。比如：村办公室对外的电话。", "Who, where and why is recorded, not the numbers. Such as: the office's public number.";

    // Signing in.
    phone: "手机号", "Mobile number";
    phone_hint: "在村里登记的 11 位手机号。", "The 11 digits that the village has for you.";
    password: "密码", "Password";
    password_hint: "忘了密码，打村委会电话，村干部当面帮你重设。", "Forgotten? Call the office: a cadre resets it with you.";
    sign_in_intro: "登录后可以说事、评价、看自己的事办到哪一步。看公开的内容不用登录。", "Sign in to raise matters, rate answers and follow your own. Public pages need no sign-in.";
    sign_in_help: "还没有账号？到村委会或打电话登记。", "No account yet? The village office registers you.";

    // Mine.
    my_roles: "我在这里的身份", "What I am here";
    my_spaces: "我的其他村（社区）", "My other places";
    change_password: "改密码", "Change the password";
    present_password: "现在的密码", "The present one";
    new_password: "新密码", "The new one";
    new_password_hint: "至少 8 个字符，别人猜不到的。", "At least 8 characters that nobody guesses.";
    save: "保存", "Save";
    role_member: "村民", "Villager";
    role_cadre: "村干部", "Cadre";
    role_supervisor: "监督委员会", "Supervisor";
    role_admin: "管理员", "Admin";
    role_officer: "镇（街道）、区干部", "Officer";
    elder_on: "打开大字版", "Use large type";
    elder_off: "用标准字", "Use normal type";

    // To-dos.
    todo_empty: "都办完了，没有等着你的事。", "All done: nothing waits for you.";
    messages: "消息", "Messages";
    messages_intro: "跟您有关的事有了回音，都在这里。", "News of what concerns you, the newest on top.";
    messages_empty: "还没有消息。", "No messages yet.";
    messages_read_all: "全部标为已读", "Mark all as read";
    messages_older: "更早的消息", "Older messages";
    message_unread: "未读", "unread";
    message_urgent: "紧急", "urgent";
    letters: "紧急的事还怎么通知我", "How urgent news reaches me besides";
    letters_hint: "所有消息都在这里看得到；只有紧急的才另外发。", "You find all messages here; only urgent ones are sent besides.";
    letters_sms: "发短信", "By SMS";
    letters_wechat: "发微信（要先关注区里的公众号）", "By WeChat (follow the district’s account first)";
    letters_off: "不用另外通知", "Not besides";
    letters_chosen: "记住了。", "Noted.";
    todo_intro: "快到期的排在前面。", "The most urgent come first.";

    // Portal and overview.
    portal_search: "找你的村（社区）", "Find your village";
    portal_hint: "输入村名的一两个字，或镇（街道）名", "One or two characters of its name, or the town's";
    portal_none: "没有找到这个名字的村（社区）。换一两个字再试，或者看全部。", "No village of that name. Try other characters, or see all.";
    portal_all: "看全部", "See all";
    town_office: "进入镇（街道）", "Town's own pages";
    overview: "村务总览", "Overview";
    villages: "村（社区）", "Villages";
    village: "村（社区）", "Village";
    town: "镇（街道）", "Town";
    cases: "说事", "Cases";
    open_cases: "在办", "Open";
    overdue: "超期", "Overdue";
    on_time: "按时办结", "On time";
    by_overdue: "超期多的在前", "Most overdue first";
    not_counted: "暂缺", "n/a";

    // Outside links.
    outside_title: "就要离开村里的网页", "You are leaving the village's pages";
    outside_text: "下面的网址不归村里管。不要在那里填身份证号、银行卡号和验证码。", "The village does not run the address below. Do not enter identity numbers, bank cards or codes there.";
    outside_go: "我知道了，打开", "I understand, open it";
    outside_bad: "这个网址不安全，不能打开。", "This address is not safe and cannot be opened.";
    address: "网址", "Address";

    // Problems: title and what to do.
    p400: "这个地址或内容看不懂", "That could not be read";
    p400_do: "返回上一页再试一次。", "Go back and try once more.";
    p401: "请先登录", "Please sign in first";
    p401_do: "登录后会回到刚才的页面。", "You return to this page afterwards.";
    p403: "这件事现在不能这样办", "This is not allowed as it stands";
    p403_do: "有疑问就打村委会电话，当面问也行。", "If in doubt, call or visit the office.";
    p404: "没有找到这个页面", "There is no such page";
    p404_do: "可能是地址写错了，也可能内容已经撤下。", "The address may be mistyped, or the content withdrawn.";
    p409: "内容刚刚有变化", "Something changed meanwhile";
    p409_do: "别人可能先办了一步。返回看看最新情况，再决定要不要办。", "Somebody may have been faster. Go back, look again, then decide.";
    p413: "传的东西太大了", "That is too large";
    p413_do: "少传几张照片，或者分两次传。写好的字还在手机里。", "Send fewer photos, or in two goes. What you typed is still on your device.";
    p422: "有的地方没填对", "Some answers need another look";
    p422_do: "返回改一改再提交。", "Go back, mend them and send again.";
    p429: "试得太多了", "Too many attempts";
    p429_do: "歇一会儿再试。着急就打电话。", "Wait a while, or call the office.";
    p500: "这里出了点问题", "Something went wrong here";
    p500_do: "不是你的错。什么也没有改动，过一会儿再试；着急就打电话。", "It is not your fault and nothing was changed. Try later, or call the office.";
    p503: "村里正忙", "Busy at the moment";
    p503_do: "什么也没有改动，等几秒再试一次。", "Nothing was changed. Try again in a few seconds.";
    call_number: "打电话时可以报这个号", "Name this when you call";
}

/// The texts for a reader.
pub fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::Zh => &ZH,
        Lang::En => &EN,
    }
}
