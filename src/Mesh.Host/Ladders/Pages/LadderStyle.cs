using Mesh.Host.Console;

namespace Mesh.Host.Ladders.Pages;

/// <summary>
/// How a ladder looks: a column a lane with its line on the left, an arrow over the columns between the two it joins. On a narrow screen the columns go and every row says from whom to
/// whom it leads; that is also what a screen reader hears everywhere.
/// </summary>
public static class LadderStyle
{
    public static readonly PageInsert Insert = new("""
        table.ladder{table-layout:fixed;min-width:48rem}
        .ladder th[scope=row],.ladder thead th:first-child{width:7.5rem;white-space:nowrap}
        .ladder thead th{border-left:2px solid var(--edge);padding-left:.4rem;white-space:normal}.ladder thead th:first-child{border-left:0}
        .ladder td{border-left:2px solid var(--edge);border-bottom:0;padding:.15rem .4rem}
        .ladder tbody th{border-bottom:0;padding:.15rem .4rem .15rem 0;font-variant-numeric:tabular-nums}
        .ladder .who{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
        .ladder summary{display:block;cursor:pointer;border-bottom:2px solid var(--link);padding:.1rem .2rem;position:relative;min-height:1.6rem}
        .ladder .iax2 summary{border-bottom-style:dashed}
        .ladder .lost summary{border-bottom-color:var(--down)}
        .ladder .right summary{text-align:right}
        .ladder .right summary::after{content:" \25B6"/"";color:var(--link)}
        .ladder .left summary::before{content:"\25C0 "/"";color:var(--link)}
        .ladder pre{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--band);margin:.25rem 0;padding:.5rem;text-align:left}
        .ladder .step{border-left:.4rem solid var(--edge);background:var(--band);font-size:.9rem}
        .exports li{display:inline-block;margin-right:1rem}.exports{list-style:none;padding:0}
        @media (max-width:48rem){
        table.ladder{min-width:0;display:block}.ladder caption,.ladder tbody{display:block}.ladder thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
        .ladder tr{display:block;border-bottom:1px solid var(--line);padding:.25rem 0}
        .ladder td,.ladder tbody th{display:block;width:auto;border-left:0;padding:.1rem 0}.ladder td.pad{display:none}.ladder .step{padding-left:.4rem;border-left:.4rem solid var(--edge)}
        .ladder .who{position:static;width:auto;height:auto;clip-path:none;white-space:normal}
        .ladder .right summary{text-align:left}}
        """, "");
}
