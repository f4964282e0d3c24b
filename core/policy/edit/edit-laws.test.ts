import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { parseObject, policyKinds } from '../kinds'
import type { ModelObject } from '../model'
import { objectsOfKind } from '../test-objects/all'
import { applyEdit } from './apply-edit'
import { editObject } from './edit-object'
import { isRefused } from './kinds/kind-editor'
import { sameData } from './object-op'
import type { NewRule, PolicyEdit } from './policy-edit'
import { readDraftText } from './read-draft-text'
import type { Peer, Visual } from './visual'
import { visualOf } from './visual-of'

/** Each version of a kind is edited alike, so the first of each name is enough. */
const edited = policyKinds.filter(
  (kind, i) =>
    visualOf({ apiVersion: `${kind.group}/${kind.versions[0]}`, kind: kind.kind, metadata: { name: 'a' } }) !== null &&
    policyKinds.findIndex((one) => one.kind === kind.kind && one.group.endsWith(kind.group.replace('crd.', ''))) === i,
)
const runs = { numRuns: 12 }

/** The object as people may write it: with comments, in lines or as JSON. */
const textOf = (object: ModelObject) =>
  fc
    .record({ how: fc.constantFrom('steps', 'flat', 'wide', 'json', 'line'), every: fc.integer({ min: 2, max: 9 }) })
    .map(({ how, every }) => {
      if (how === 'json') return JSON.stringify(object, null, 2)
      if (how === 'line') return JSON.stringify(object)
      const text = stringify(object, {
        indent: how === 'wide' ? 4 : 2,
        indentSeq: how !== 'flat',
        lineWidth: 0,
        aliasDuplicateObjects: false,
      })
      return text
        .split('\n')
        .flatMap((line, i) => (i % every === 1 && line !== '' ? [`${/^ */.exec(line)?.[0]}# note ${i}`, line] : [line]))
        .join('\n')
    })

const drafts = (kind: (typeof edited)[number]) =>
  objectsOfKind(kind).chain((object) => fc.tuple(fc.constant(object), textOf(object)))

const labels = { terms: [{ key: 'app', op: 'in', values: ['new'] }] } as const
const peers: readonly Peer[] = [
  { is: 'pods', namespaces: { pick: 'named', names: ['data'] }, pods: labels },
  { is: 'pods', namespaces: { pick: 'all' }, pods: { terms: [] } },
  { is: 'range', cidrs: ['198.51.100.0/24'], except: [] },
  { is: 'entity', name: 'world' },
  { is: 'domain', names: ['db.example.com'] },
  { is: 'principal', principals: ['cluster.local/ns/data/sa/new'] },
  { is: 'namespaces', names: ['data'] },
  { is: 'account', accounts: [{ namespace: null, name: 'new' }] },
]
const port = { protocol: 'TCP', port: { from: 4711, to: 4711 } } as const

/** Whatever can be done to what is shown. */
function editsOf(visual: Visual): readonly PolicyEdit[] {
  const rules = visual.sides.flatMap(({ rules }) => rules)
  const fresh = (peer: Peer): NewRule => ({
    action: visual.action ?? 'allow',
    peers: [peer],
    ports: [port],
    requests: 'everything',
  })
  return [
    { edit: 'rename', name: 'other' },
    { edit: 'set-subject-labels', pods: labels },
    { edit: 'set-order', order: 7 },
    { edit: 'set-tier', tier: 'Baseline' },
    { edit: 'set-mtls', port: null, mode: 'STRICT' },
    { edit: 'set-mtls', port: 4711, mode: 'PERMISSIVE' },
    ...visual.can.directions.flatMap((direction): readonly PolicyEdit[] => [
      { edit: 'set-isolation', direction, isolates: true },
      { edit: 'set-isolation', direction, isolates: false },
      ...peers.map((peer): PolicyEdit => ({ edit: 'add-rule', direction, rule: fresh(peer) })),
    ]),
    ...rules.flatMap(({ path, value }): readonly PolicyEdit[] => [
      { edit: 'remove-rule', rule: path },
      { edit: 'move-rule', rule: path, to: 0 },
      { edit: 'set-action', rule: visual.can.actionOf === 'rule' ? path : null, action: 'deny' },
      { edit: 'add-port', rule: path, port },
      { edit: 'set-ports', rule: path, ports: 'everything' },
      { edit: 'set-peers', rule: path, peers: 'everything' },
      ...peers.map((peer): PolicyEdit => ({ edit: 'add-peer', rule: path, peer })),
      ...(value.peers.are === 'some' ? value.peers.items : []).flatMap(({ path: peer }): readonly PolicyEdit[] => [
        { edit: 'remove-peer', rule: path, peer },
        ...peers.map((by): PolicyEdit => ({ edit: 'replace-peer', rule: path, peer, by })),
      ]),
      ...(value.ports.are === 'some' ? value.ports.items : []).map(({ path: item }): PolicyEdit => ({
        edit: 'remove-port',
        rule: path,
        port: item,
      })),
    ]),
  ]
}

const problemsOf = (text: string) =>
  readDraftText(text)
    .problems.filter(({ severity }) => severity === 'error')
    .map(({ message }) => message)

describe.each(edited.map((kind) => [`${kind.group}/${kind.kind}`, kind] as const))('%s', (_, kind) => {
  test('an edit of the text is that of the object, and what was valid stays so', () => {
    let made = 0
    fc.assert(
      fc.property(drafts(kind), fc.nat(), ([object, text], pick) => {
        const visual = visualOf(object)
        expect(visual).not.toBeNull()
        if (!visual) return
        expect(problemsOf(text)).toEqual([])
        const edits = editsOf(visual)
        for (const edit of [0, 1, 2, 3, 4, 5].flatMap((i) => edits[(pick + i * 7) % edits.length] ?? [])) {
          const wanted = editObject(object, edit)
          const done = applyEdit(text, 0, edit)
          if (isRefused(wanted)) {
            expect(done).toEqual(wanted)
            continue
          }
          made++
          if ('refused' in done) throw new Error(`${JSON.stringify(edit)} of\n${text}: ${done.refused}`)
          const after = readDraftText(done.text).objects[0]?.object
          if (edit.edit !== 'move-rule') expect(sameData(after, wanted)).toBe(true)
          const context = `${JSON.stringify(edit)}\n${text}\n${done.text}`
          expect([context, problemsOf(done.text)]).toEqual([context, []])
        }
      }),
      runs,
    )
    expect(made).toBeGreaterThan(0)
  }, 60_000)

  test('what was put in and taken out again leaves the text as it was', () => {
    fc.assert(
      fc.property(drafts(kind), fc.nat(), ([object, text], pick) => {
        const visual = visualOf(object)
        const edits = (visual ? editsOf(visual) : []).filter(({ edit }) => edit.startsWith('add-'))
        const edit = edits[pick % Math.max(1, edits.length)]
        const done = edit && applyEdit(text, 0, edit)
        if (!visual || !edit || !done || 'refused' in done) return
        const after = readDraftText(done.text).objects[0]?.object
        const back = after && inverseOf(edit, visual, visualOf(after))
        if (!back) return
        const undone = applyEdit(done.text, 0, back)
        expect('text' in undone ? undone.text : undone).toBe(text)
      }),
      { numRuns: 25 },
    )
  }, 60_000)

  test('a peer that is written as it is shown means what it meant', () => {
    fc.assert(
      fc.property(drafts(kind), ([object, text]) => {
        for (const { path, value } of visualOf(object)?.sides.flatMap(({ rules }) => rules) ?? []) {
          if (value.peers.are !== 'some') continue
          for (const { path: peer, value: by } of value.peers.items) {
            if (by.is === 'other') continue
            const done = applyEdit(text, 0, { edit: 'replace-peer', rule: path, peer, by })
            if ('refused' in done) throw new Error(`${JSON.stringify(by)} of\n${text}: ${done.refused}`)
            const after = readDraftText(done.text).objects[0]?.object ?? {}
            expect(visualOf(after)?.sides).toEqual(visualOf(object)?.sides)
          }
        }
      }),
      runs,
    )
  }, 60_000)

  test('what is added is shown', () => {
    fc.assert(
      fc.property(drafts(kind), fc.nat(), ([object, text], pick) => {
        const visual = visualOf(object)
        const edits = (visual ? editsOf(visual) : []).filter(({ edit }) => edit === 'add-rule')
        const edit = edits[pick % Math.max(1, edits.length)]
        const done = edit && applyEdit(text, 0, edit)
        if (edit?.edit !== 'add-rule' || !done || 'refused' in done) return
        const after = visualOf(readDraftText(done.text).objects[0]?.object ?? {})
        const side = after?.sides.find(({ direction }) => direction === edit.direction)
        const shown = side?.rules.map(({ value }) =>
          value.peers.are === 'some' ? value.peers.items.map((one) => one.value) : [],
        )
        expect(shown).toContainEqual(edit.rule.peers)
        expect(side?.reach).not.toBe('not-governed')
      }),
      runs,
    )
  }, 60_000)
})

/** null: what was there before is written otherwise when it comes back. */
function inverseOf(edit: PolicyEdit, before: Visual, after: Visual | null): PolicyEdit | null {
  if (!after) return null
  if (edit.edit === 'add-rule') {
    const side = (visual: Visual) => visual.sides.find(({ direction }) => direction === edit.direction)?.rules ?? []
    const allows = (visual: Visual) => side(visual).filter(({ value }) => value.action === edit.rule.action)
    const last = allows(after).at(-1)
    const governed = before.sides.find(({ direction }) => direction === edit.direction)?.reach !== 'not-governed'
    return governed && last && allows(after).length === allows(before).length + 1 && allows(before).length > 0
      ? { edit: 'remove-rule', rule: last.path }
      : null
  }
  if (edit.edit !== 'add-peer' && edit.edit !== 'add-port') return null
  const ruleOf = (visual: Visual) =>
    visual.sides.flatMap(({ rules }) => rules).find(({ path }) => sameData(path, edit.rule))?.value
  const what = edit.edit === 'add-peer' ? 'peers' : 'ports'
  const [old, now] = [ruleOf(before)?.[what], ruleOf(after)?.[what]]
  const last = now?.are === 'some' ? now.items.at(-1) : undefined
  if (old?.are !== 'some' || now?.are !== 'some' || now.items.length !== old.items.length + 1 || !last) return null
  return edit.edit === 'add-peer'
    ? { edit: 'remove-peer', rule: edit.rule, peer: last.path }
    : { edit: 'remove-port', rule: edit.rule, port: last.path }
}

test('kinds that are edited are read', () => {
  expect(edited.map((kind) => 'problems' in parseObject(kind, {}))).not.toContain(false)
  expect(edited.length).toBe(13)
})
