/** The report's only style sheet. 8 px grid; lines before boxes; severity differs in lightness and is always a word too. */
export const CSS = `
:root{--accent:#1f6feb;--font:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif;--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"Noto Sans Mono CJK SC",monospace}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;font:16px/1.5 var(--font)}
.page{--bg:#fff;--ink:#1b1f24;--dim:#57606a;--line:#d0d7de;--soft:#f6f8fa;--accent:#0b5bd3;--critical:#7d0c1f;--high:#b3261e;--medium:#8a5a00;--low:#3f6212;--informational:#57606a;min-height:100vh;background:var(--bg);color:var(--ink);font-variant-numeric:tabular-nums}
@media (prefers-color-scheme:dark){.page{--bg:#0d1117;--ink:#e6edf3;--dim:#9aa5b1;--line:#30363d;--soft:#161b22;--accent:#79b8ff;--critical:#ffb3bd;--high:#ff8f85;--medium:#e3b341;--low:#9bcf6a;--informational:#9aa5b1}}
#theme-light:checked~.page{--bg:#fff;--ink:#1b1f24;--dim:#57606a;--line:#d0d7de;--soft:#f6f8fa;--accent:#0b5bd3;--critical:#7d0c1f;--high:#b3261e;--medium:#8a5a00;--low:#3f6212;--informational:#57606a}
#theme-dark:checked~.page{--bg:#0d1117;--ink:#e6edf3;--dim:#9aa5b1;--line:#30363d;--soft:#161b22;--accent:#79b8ff;--critical:#ffb3bd;--high:#ff8f85;--medium:#e3b341;--low:#9bcf6a;--informational:#9aa5b1}
.switch{position:absolute;opacity:0;width:1px;height:1px}
#lang-en:checked~.page [lang="zh-CN"],#lang-zh:checked~.page [lang="en"]{display:none}
.bar label,.choice{cursor:pointer}
.bar{display:flex;flex-wrap:wrap;gap:8px 24px;align-items:baseline;padding:16px 0;border-bottom:1px solid var(--line);color:var(--dim);font-size:14px}
.bar strong{color:var(--ink)}
.bar .push{margin-left:auto}
.bar label{display:inline-block;padding:4px 8px;text-decoration:underline;text-underline-offset:3px;color:var(--accent)}
#lang-en:checked~.page label[for=lang-en],#lang-zh:checked~.page label[for=lang-zh],#theme-light:checked~.page label[for=theme-light],#theme-dark:checked~.page label[for=theme-dark]{color:var(--ink);text-decoration:none;font-weight:600}
#lang-en:focus-visible~.page label[for=lang-en],#lang-zh:focus-visible~.page label[for=lang-zh],#theme-light:focus-visible~.page label[for=theme-light],#theme-dark:focus-visible~.page label[for=theme-dark]{outline:2px solid var(--accent);outline-offset:2px}
.wrap{max-width:1120px;margin:0 auto;padding:0 24px 64px}
h1{font-size:28px;line-height:1.3;margin:32px 0 16px;font-weight:650;text-wrap:balance}
h2{font-size:21px;line-height:1.35;margin:48px 0 16px;padding-top:16px;border-top:1px solid var(--line);font-weight:650}
h3{font-size:16px;margin:32px 0 8px;font-weight:650}
p{margin:8px 0;max-width:80ch}
a{color:var(--accent);text-underline-offset:3px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:2px}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(176px,1fr));gap:16px 24px;margin:16px 0 24px;padding:0}
.facts>div{border-left:2px solid var(--line);padding-left:12px;min-width:0}
dt,.dt{color:var(--dim);font-size:13px}
dd{margin:0;overflow-wrap:anywhere}
.sev{font-weight:650;white-space:nowrap}
.sev::before{content:"";display:inline-block;width:.6em;height:.6em;margin-right:.45em;background:currentColor;border-radius:1px}
.critical{color:var(--critical)}.high{color:var(--high)}.medium{color:var(--medium)}.low{color:var(--low)}.informational{color:var(--informational)}
.sev.critical::before{transform:rotate(45deg)}.sev.low::before,.sev.informational::before{border-radius:50%}
.dim{color:var(--dim)}
mark{background:none;color:inherit;font-family:var(--mono);font-size:.875em;overflow-wrap:anywhere;border-bottom:2px solid var(--accent)}
.small{font-size:14px}
ol.story{list-style:none;margin:0;padding:0}
ol.story>li{padding:8px 0 8px 16px;border-left:2px solid var(--line)}
ol.story .when{color:var(--dim);font-size:13px;display:block}
.tactic{margin:24px 0 8px;font-size:14px;color:var(--dim);font-weight:600}
.val{font-family:var(--mono);font-size:.875em;overflow-wrap:anywhere;background:var(--soft);padding:0 4px;border-radius:2px}
.ctl{font-size:.75em;border:1px solid currentColor;border-radius:2px;padding:0 2px;margin:0 1px}
table{border-collapse:collapse;width:100%;font-size:14px;margin:8px 0 16px}
th{text-align:left;color:var(--dim);font-weight:600;border-bottom:1px solid var(--line);padding:8px 16px 8px 0;vertical-align:bottom}
td{border-bottom:1px solid var(--line);padding:8px 16px 8px 0;vertical-align:top;overflow-wrap:anywhere}
td.n,th.n{text-align:right;white-space:nowrap}
td.t{white-space:nowrap}
details{border-bottom:1px solid var(--line);padding:4px 0}
summary{cursor:pointer;padding:8px 0;overflow-wrap:anywhere}
summary .when{color:var(--dim);font-size:13px;margin-right:8px}
details details{border:0;padding-left:16px}
pre{font:13px/1.5 var(--mono);background:var(--soft);padding:16px;margin:8px 0;overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere;border-radius:4px;max-height:480px;overflow-y:auto}
figure{margin:16px 0}
svg{display:block;max-width:100%;height:auto}
.scroll{overflow-x:auto}
.scroll svg{max-width:none}
svg text{font:12px var(--font);fill:var(--ink)}
svg .axis{stroke:var(--line)}
svg .lbl{fill:var(--dim)}
svg .edge{stroke:var(--line);fill:none}
svg .node rect{fill:var(--soft);stroke:var(--line)}
svg .node:hover rect,svg .node.lit rect,svg .node:focus rect{stroke:var(--accent);stroke-width:2}
svg .edge.lit{stroke:var(--accent)}
.lit>.val,.val.lit{outline:2px solid var(--accent)}
svg rect.critical{fill:var(--critical)}svg rect.high{fill:var(--high)}svg rect.medium{fill:var(--medium)}svg rect.low{fill:var(--low)}svg rect.informational{fill:var(--informational)}
.bars{width:100%;height:112px}
.ends{display:flex;justify-content:space-between;font-size:13px;color:var(--dim);margin:4px 0 8px}
.legend{display:flex;flex-wrap:wrap;gap:8px 16px;font-size:13px}
nav ol{margin:0;padding:0;list-style:none}
nav li{padding:4px 0}
@media (max-width:640px){.wrap{padding:0 16px 48px}h1{font-size:22px}.bar .push{margin-left:0}
table.cards thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}table.cards,table.cards tbody,table.cards tr{display:block}table.cards tr{border-bottom:1px solid var(--line);padding:8px 0}table.cards td{display:flex;gap:12px;border:0;padding:2px 0;text-align:left;white-space:normal}table.cards td::before{content:attr(data-en);color:var(--dim);flex:0 0 88px}#lang-zh:checked~.page table.cards td::before{content:attr(data-zh)}table.cards td>*{min-width:0}}
@media print{.page{--bg:#fff;--ink:#000;--dim:#444;--line:#bbb;--soft:#f4f4f4;--accent:#000;--critical:#7d0c1f;--high:#b3261e;--medium:#8a5a00;--low:#3f6212;--informational:#57606a}@page{size:A4;margin:16mm}.bar label,.switch,nav{display:none}.wrap{max-width:none;padding:0}h2{break-after:avoid}h3{break-after:avoid}li,tr,figure{break-inside:avoid}details.raw{display:none}details::details-content{content-visibility:visible;block-size:auto}pre{max-height:none}body{font-size:11pt}}
`;

/** Lights up the same object in the graph and in the story, and opens what is folded before printing. Nothing needs it. */
export const SCRIPT = `
document.addEventListener('mouseover',light);document.addEventListener('focusin',light);
function light(e){var t=e.target.closest&&e.target.closest('[data-e]');document.querySelectorAll('.lit').forEach(function(n){n.classList.remove('lit')});if(!t)return;var k=t.getAttribute('data-e'),s=t.closest('section')||document;s.querySelectorAll('[data-e]').forEach(function(n){if((' '+n.getAttribute('data-e')+' ').indexOf(' '+k.split(' ')[0]+' ')>=0)n.classList.add('lit')})}
addEventListener('beforeprint',function(){document.querySelectorAll('details:not(.raw)').forEach(function(d){d.open=true})});
`;
