import * as Y from 'yjs';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { BlockDocument } from '../server/collaboration/block-document.ts';
import { RoomState } from '../server/collaboration/room-state.ts';
const best=(n:string,f:()=>any)=>{let b=1e9;for(let i=0;i<5;i++){const t=performance.now();f();b=Math.min(b,performance.now()-t);}console.log(n,b.toFixed(0));};
for (const [name, paras, len] of [['soft: 5000 paragraphs of 24',5000,24],['hard: 20000 of 24',20000,24],['hard: 800 of 1000',800,1000],['hard: 45000 of 1',45000,1]] as const){
 const doc=new Y.Doc(); const c=doc.getXmlFragment('content');
 doc.transact(()=>{ const els=[]; for(let i=0;i<paras;i++){const e=new Y.XmlElement('paragraph');const t=new Y.XmlText();t.insert(0,'x'.repeat(len));e.insert(0,[t]);els.push(e);} c.insert(0,els as any);});
 const u=Y.encodeStateAsUpdate(doc);
 console.log(name,'bytes',u.length);
 best('hydrate',()=>{const d=new BlockDocument(); d.load([u]); return d;});
 best('state',()=>new RoomState(u));
 const d=new BlockDocument(); d.load([u]); best('gone',()=>d.gone());
}
{ const doc=new Y.Doc({gc:false}); const t=doc.getText('field/aims'); let k=0;
 doc.transact(()=>{ for(let i=0;i<150000;i++){ if(i%500==0) {doc.clientID=1+(k++);} t.insert(i*7919%Math.max(1,t.length),'abcde'); } });
 const u=Y.encodeStateAsUpdate(doc); console.log('hard: 150000 inserts of 5, bytes',u.length);
 best('hydrate',()=>{const d=new BlockDocument(); d.load([u]); return d;});
 best('state',()=>new RoomState(u));}
