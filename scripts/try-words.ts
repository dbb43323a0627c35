import { fixtureDataset } from '../tests/support/fixture-dataset.ts';
import { readFileSync } from 'node:fs';
import { readFiles } from '#lib/exchange/read-files.ts';
import { buildAccess } from '#lib/domain/access/access-records.ts';
import { computeSitrep } from '#lib/domain/access/sitrep.ts';
import { dayOf } from '#lib/domain/dates/day.ts';
import { sitrepSections, sitrepTitle } from '#lib/statements/sitrep.ts';
import { renderSitrep, sitrepLines, sitrepHtml } from '#lib/statements/sitrep-text.ts';
import { readerFor } from '../src/cli/reader.ts';
const files=['localities','organisations','convoy_reports','claims','populations'].map(n=>({name:n+'.csv',content:readFileSync(`static/example/${n}.csv`)}));
const read=readFiles(files,{operation:'files'}); if(!read.ok) throw 1;
const d=read.value.dataset;
const a = buildAccess(d);
const t0=performance.now();
const f=computeSitrep(a,{since:dayOf(2016,6,1),asOf:dayOf(2016,6,29),classifier:'UN',series:'UN',status:'besieged'});
console.error(performance.now()-t0);
const names={sourceName:(id:string)=>d.source.get(id)?.publisher??d.source.get(id)?.title??'',convoy:(id:string)=>d.convoy.get(id),derivedConvoy:(id:string)=>a.convoys.get(id)};
for(const l of (process.argv[2]??'en').split(',') as any[]){
const r=await readerFor(d,l);
const text=renderSitrep(sitrepTitle(f),sitrepSections(f,names),r);
console.log(sitrepLines(text).join('\n'));
if(process.argv[3])console.log(sitrepHtml(renderSitrep(sitrepTitle(f),sitrepSections(f,names),{...r,isolates:true})))
}
