import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseAllDocuments, stringify } from 'yaml'
import { addressParts } from './address-parts'
import { connections } from './connections'
import { evaluate } from './evaluate'
import { explain } from './explain'
import { type PolicyKind } from './kind'
import { parseObject, policyKinds } from './kinds'
import { loadModel } from './load-model'
import type { ModelObject } from './model'
import { isFields } from './read'
import { compiledWith, ends, flow, modelWith, objectsOfKind } from './test-objects/all'
import { catalogueOf } from './catalogue'

/** What nobody knows here: any value, of any name, also an empty one and null. */
const strange = fc.dictionary(
  fc.constantFrom('later', 'x-y', 'null', '1', 'on', '~', '', 'a: b', '#', '<<', 'constructor'),
  fc.oneof(
    fc.constantFrom<unknown>(null, [], {}, '', 0, false, '1e3', 'no', '2026-01-01', ' a\n b '),
    fc.jsonValue({ maxDepth: 2 }),
  ),
  { minKeys: 1, maxKeys: 3 },
)

/** The object with fields that are not known at its top, its metadata and its spec, and what may be empty, null or gone. */
const written = (kind: PolicyKind): fc.Arbitrary<ModelObject> =>
  fc
    .tuple(objectsOfKind(kind), strange, strange, strange, fc.constantFrom('as it is', 'null', '[]'))
    .map(([object, top, meta, spec, how]) => {
      const emptied = Object.entries(isFields(object.spec) ? object.spec : {}).map(([name, value]) => [
        name,
        !Array.isArray(value) || how === 'as it is' ? value : how === 'null' ? null : [],
      ])
      return {
        ...top,
        ...object,
        metadata: { ...meta, ...(isFields(object.metadata) ? object.metadata : {}) },
        spec: { ...spec, ...Object.fromEntries(emptied) },
        status: top,
      }
    })

const load = (value: unknown) => loadModel([{ file: 'a.yaml', document: 1, value }])
const readYaml = (text: string): readonly unknown[] =>
  parseAllDocuments(text).map((document) => {
    if (!('toJS' in document)) return null
    expect(document.errors).toEqual([])
    return document.toJS()
  })

/** Throws where something writes into it. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) for (const part of Object.values(Object.freeze(value))) frozen(part)
  return value
}
const meaningOf = (object: ModelObject, kind: PolicyKind) => {
  const parsed = parseObject(kind, object)
  return 'problems' in parsed ? parsed : parsed.meaning(catalogueOf(modelWith([object])))
}

describe.each(policyKinds.map((kind) => [`${kind.group} ${kind.kind}`, kind] as const))('%s', (_, kind) => {
  test('an object stays as it was written, through reading, judging and YAML', () => {
    fc.assert(
      fc.property(written(kind), (object) => {
        const before = JSON.stringify(object)
        const [again, ...more] = readYaml(stringify(frozen(object)))
        expect(more).toEqual([])
        const { model, problems } = load(again)
        if (problems.length === 0) expect(model.objects.map((one) => JSON.stringify(one))).toEqual([before])
        else expect(JSON.stringify(again)).toBe(before)
        expect(JSON.stringify(load(object).problems)).toBe(JSON.stringify(problems))
        expect(JSON.stringify(meaningOf(object, kind))).toBe(
          JSON.stringify(meaningOf(model.objects[0] ?? object, kind)),
        )
      }),
      { numRuns: 12 },
    )
  })

  test('nothing that is asked of it writes into it', () => {
    fc.assert(
      fc.property(objectsOfKind(kind), flow, (object, one) => {
        const before = JSON.stringify(object)
        const compiled = compiledWith([frozen(object)])
        expect(compiled.unread).toEqual([])
        explain(compiled, one, evaluate(compiled, one))
        const [first, second] = ends
        if (first && second) connections(compiled, first, second)
        addressParts(compiled)
        expect(JSON.stringify(object)).toBe(before)
      }),
      { numRuns: 8 },
    )
  })
})

describe('absent, null and empty stay three things', () => {
  const policy = (spec: ModelObject): ModelObject => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'p', namespace: 'shop' },
    spec,
  })
  test.each([
    [{}],
    [{ ingress: null }],
    [{ ingress: [] }],
    [{ ingress: [null] }],
    [{ ingress: [{}] }],
    [{ ingress: [{ from: [] }] }],
  ])('%j', (spec) => {
    const [again] = readYaml(stringify(policy({ podSelector: {}, ...spec })))
    expect(load(again).model.objects).toEqual([policy({ podSelector: {}, ...spec })])
  })
})
