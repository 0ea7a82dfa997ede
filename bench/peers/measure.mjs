// Measures form engines on the questionnaire that bench/assess.py writes: yes/no/unknown questions, skip rules and a
// weighted score. Prints for each engine the microseconds from one answer to the new score, and the final score.
//
// survey-core and json-logic-js run in Node as they are. The ODK engine is built for browsers; its own tests run it in
// Node with jsdom, and so does this: jsdom is there to load the form, not while answers are measured.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { questions, answers, rounds } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const microseconds = () => Number(process.hrtime.bigint()) / 1000;
const found = {};

function median(values) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)];
}

async function measured(name, make) {
  try {
    const times = [];
    let score;
    for (let round = 0; round < rounds; round += 1) {
      const answer = await make();
      for (const [question, value] of answers) {
        const start = microseconds();
        score = answer(question, value);
        times.push(microseconds() - start);
      }
    }
    found[name] = { median: median(times), mean: times.reduce((sum, one) => sum + one, 0) / times.length, score: Number(score) };
  } catch (error) {
    found[name] = { failed: String(error.message).slice(0, 120) };
  }
}

await measured('survey-core', async () => {
  const { Model } = require('survey-core');
  const choices = ['yes', 'no', 'unknown'];
  const survey = new Model({
    clearInvisibleValues: 'none',
    elements: questions.map(({ id, follows }) => ({
      type: 'radiogroup',
      name: id,
      choices,
      ...(follows ? { visibleIf: `{${follows}} = 'yes'` } : {}),
    })),
    calculatedValues: [
      { name: 'score', expression: questions.map(({ id, weight }) => `iif({${id}} = 'yes', ${weight}, 0)`).join(' + ') },
    ],
  });
  const score = survey.calculatedValues[0];
  return (question, value) => {
    survey.setValue(question, value);
    return score.value;
  };
});

let odk;
try {
  const { JSDOM } = await import('jsdom');
  const { window } = new JSDOM('<!doctype html><html></html>');
  for (const name of Object.getOwnPropertyNames(window)) {
    if (/^[A-Z]/.test(name) && !(name in globalThis)) globalThis[name] = window[name];
  }
  Object.assign(globalThis, { window, document: window.document });
  const { process } = globalThis;
  globalThis.process = undefined; // its parser would otherwise look for files that only its sources have
  try {
    odk = await import('@getodk/xforms-engine');
  } finally {
    globalThis.process = process;
  }
} catch (error) {
  odk = error;
}

await measured('@getodk/xforms-engine', async () => {
  if (odk instanceof Error) throw odk;
  const items = ['yes', 'no', 'unknown'].map((value) => `<item><label>${value}</label><value>${value}</value></item>`).join('');
  const binds = questions.map(({ id, follows }) => `<bind nodeset="/data/${id}" type="string"${follows ? ` relevant="/data/${follows} = 'yes'"` : ''}/>`);
  const score = questions.map(({ id, weight }) => `${weight} * (/data/${id} = 'yes')`).join(' + ');
  const xml = `<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">
<h:head><h:title>questionnaire</h:title><model><instance><data id="questionnaire">${questions.map(({ id }) => `<${id}/>`).join('')}<score/></data></instance>
${binds.join('\n')}
<bind nodeset="/data/score" type="int" calculate="${score}"/></model></h:head>
<h:body>${questions.map(({ id }) => `<select1 ref="/data/${id}"><label>${id}</label>${items}</select1>`).join('\n')}</h:body></h:html>`;
  const { root } = await odk.createInstance(xml, { instance: { stateFactory: (state) => state } });
  const nodes = new Map(root.currentState.children.map((node) => [node.definition?.nodeset, node]));
  const total = nodes.get('/data/score');
  return (question, value) => {
    nodes.get(`/data/${question}`).selectValue(value);
    return total.currentState.value;
  };
});

await measured('json-logic-js', async () => {
  const logic = require('json-logic-js');
  const rules = questions.map(({ id, follows, weight }) => {
    const yes = { if: [{ '==': [{ var: id }, 'yes'] }, weight, 0] };
    return follows ? { if: [{ '==': [{ var: follows }, 'yes'] }, yes, 0] } : yes;
  });
  const score = { '+': rules };
  const given = {};
  return (question, value) => {
    given[question] = value;
    return logic.apply(score, given);
  };
});

console.log(JSON.stringify(found));
process.exit(0);
