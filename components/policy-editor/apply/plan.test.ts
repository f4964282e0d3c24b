import { describe, expect, it } from 'vitest'
import type { DraftObject } from '../state/draft-object'
import { changesOf, createReader } from '../state/read-objects'
import { askedChanges, cannotApply } from './plan'

const text = (name: string, more = '') =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: ${name}, namespace: shop }\nspec: { podSelector: {}${more} }\n`
const ref = { group: 'networking.k8s.io', kind: 'NetworkPolicy', namespace: 'shop', name: 'web' }
const stands = { ref, resourceVersion: '7', text: text('web') }
const tab = (parts: Partial<DraftObject>): DraftObject => ({
  id: 'a',
  base: null,
  text: text('web'),
  deleted: false,
  ...parts,
})

describe('what a draft asks of the API server', () => {
  const asked = (object: DraftObject) => askedChanges([object], createReader())

  it('leaves out what is as it stands', () => {
    expect(asked(tab({ base: stands }))).toEqual([])
  })

  it('names the version that was opened, and what was opened', () => {
    const object = tab({ base: stands, text: text('web', ', policyTypes: [Egress]') })
    expect(asked(object)).toMatchObject([
      {
        change: 'put',
        resourceVersion: '7',
        opened: { spec: { podSelector: {} } },
        object: { spec: { policyTypes: ['Egress'] } },
      },
    ])
  })

  it('makes a new object of one that got another name', () => {
    expect(asked(tab({ base: stands, text: text('other') }))).toMatchObject([{ resourceVersion: null, opened: null }])
  })

  it('deletes what stands, and nothing that was never applied', () => {
    expect(asked(tab({ base: stands, deleted: true }))).toMatchObject([{ change: 'delete', ref, resourceVersion: '7' }])
    expect(asked(tab({ deleted: true }))).toEqual([])
  })
})

describe('why a draft cannot be applied', () => {
  const why = (...objects: readonly DraftObject[]) => cannotApply(objects, createReader())

  it.each([
    ['nothing is changed', tab({ base: stands }), /changes nothing/],
    ['the text has an error', tab({ text: text('web', ', policyTypes: [Sideways]') }), /error/],
    ['there is no object', tab({ text: '# nothing yet\n' }), /no object/],
    ['there is no name', tab({ text: text("''") }), /name/],
  ])('%s', (_, object, sentence) => expect(why(object)).toMatch(sentence))

  it('says nothing of a draft that can be tried', () => {
    expect(why(tab({}))).toBeNull()
  })
})

describe('what the engine is told', () => {
  it('keeps the last that could be read while somebody types', () => {
    const read = createReader()
    const good = tab({})
    const bad = tab({ text: `${text('web')}  broken: [` })
    expect(changesOf([good], read)).toHaveLength(1)
    expect(changesOf([bad], read)).toEqual(changesOf([good], read))
    expect(read(bad).outdated).toBe(true)
  })
})
