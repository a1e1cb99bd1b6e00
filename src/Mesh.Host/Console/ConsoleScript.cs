namespace Mesh.Host.Console;

/// <summary>
/// The console's one script: takes fragments from the event stream into <c>#live</c>, counts the age of what has one, tells local times. A page lacks nothing without it but must be
/// reloaded. Rows are told apart by their ids; one that has not changed is not touched, so that focus and selection stay. A page that is hidden has no stream.
/// </summary>
public static class ConsoleScript
{
    public const string Text = """
        (()=>{'use strict';
        const live=document.getElementById('live'),state=document.getElementById('feed-state'),pause=document.getElementById('pause'),sent=new WeakMap();
        const parts='tbody>tr[id],p,caption,thead';
        const note=root=>{for(const e of root.querySelectorAll(parts))sent.set(e,e.outerHTML)};
        const local=root=>{for(const t of root.querySelectorAll('time.at')){const d=new Date(t.dateTime);if(!isNaN(d))t.title=d.toLocaleString()}};
        const age=()=>{for(const t of document.querySelectorAll('time.age')){const s=Math.max(0,Math.floor((Date.now()-new Date(t.dateTime))/1000));
        t.textContent=s<60?s+' s':s<3600?Math.floor(s/60)+' min '+s%60+' s':Math.floor(s/3600)+' h '+Math.floor(s%3600/60)+' min'}};
        const place=e=>{const link=e.closest('a');return link?link.getAttribute('href'):null};
        const rows=(old,fresh)=>{const had=new Map([...old.children].map(r=>[r.id,r]));let at=old.firstElementChild;
        for(const row of [...fresh.children]){const before=had.get(row.id),text=row.outerHTML;had.delete(row.id);
        if(before&&sent.get(before)===text){if(before===at)at=at.nextElementSibling;else old.insertBefore(before,at);continue}
        const focus=before&&before.contains(document.activeElement)?place(document.activeElement):null;
        sent.set(row,text);local(row);
        if(before){if(before===at)at=at.nextElementSibling;before.remove()}else row.classList.add('fresh');
        old.insertBefore(row,at);
        if(focus)for(const a of row.querySelectorAll('a'))if(a.getAttribute('href')===focus){a.focus({preventScroll:true});break}}
        for(const row of had.values()){if(row.contains(document.activeElement))live.focus({preventScroll:true});row.remove()}};
        const sync=(old,fresh)=>{
        if(old.tagName==='TBODY')return rows(old,fresh);
        if(!['DIV','SECTION','TABLE'].includes(old.tagName)){const text=fresh.outerHTML;
        if(sent.get(old)!==text){sent.set(old,text);old.className=fresh.className;old.innerHTML=fresh.innerHTML;local(old)}return}
        const a=[...old.children],b=[...fresh.children];
        for(let i=0;i<b.length;i++){if(a[i]&&a[i].tagName===b[i].tagName&&a[i].id===b[i].id)sync(a[i],b[i]);
        else{note(b[i]);local(b[i]);if(a[i])a[i].replaceWith(b[i]);else old.append(b[i])}}
        for(let i=b.length;i<a.length;i++)a[i].remove()};
        if(live)note(live);
        local(document);age();setInterval(age,1000);
        if(!live||!live.dataset.feed||!window.EventSource)return;
        let source=null,paused=false;const say=t=>{if(state.textContent!==t)state.textContent=t};
        const close=()=>{if(source)source.close();source=null};
        const open=()=>{close();source=new EventSource(live.dataset.feed);
        source.addEventListener('fragment',e=>{const made=document.createElement('div');made.innerHTML=e.data;sync(live,made);age();say('Live')});
        source.onopen=()=>say('Live');
        source.onerror=()=>say(source&&source.readyState===2?'Not live: reload the page':'Not live: trying again')};
        const choose=()=>{if(paused||document.hidden){close();if(paused)say('Paused')}else open()};
        pause.hidden=false;pause.addEventListener('click',()=>{paused=!paused;pause.setAttribute('aria-pressed',paused);choose()});
        document.addEventListener('visibilitychange',choose);window.addEventListener('pagehide',close);choose();
        })();
        """;
}
