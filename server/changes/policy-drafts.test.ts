import { describe, expect, it } from 'vitest'
import { scopeOf } from '@/core/scope'
import { auditView } from '@/server/views/audit'
import { auditEntryView } from '@/server/views/audit-entry'
import { policyDraftView } from '@/server/views/policy-draft'
import { policyDraftsView } from '@/server/views/policy-drafts'
import { answerOf, viewDatabase } from '@/server/views/testing'
import { changePolicyDraft } from './change-policy-draft'
import { commentPolicyDraft } from './comment-policy-draft'
import { copyPolicyDraft } from './copy-policy-draft'
import { deletePolicyDraft } from './delete-policy-draft'
import { savePolicyDraft } from './save-policy-draft'
import { ask } from './testing'

const object = (text: string) => ({ change: 'put', text, ref: null, resourceVersion: null, opened: null })
const content = (...texts: string[]) => ({ objects: texts.map(object) })

describe('drafts of policies', () => {
  viewDatabase()

  const save = async (name: string, ...texts: string[]) =>
    (await ask(savePolicyDraft, { name, cluster: 'demo', content: content(...texts) })).body.id
  const draft = (id: number) => answerOf(policyDraftView, `policies/drafts/{id}?id=${id}`)
  const drafts = () => answerOf(policyDraftsView, 'policies/drafts')

  it('are kept as they were typed, renamed, copied, commented and deleted', async () => {
    const id = await save('close shop', 'kind: [half', 'b: 1 # why\n')
    expect(await draft(id)).toMatchObject({
      name: 'close shop',
      cluster: 'demo',
      version: 1,
      createdBy: 'ada',
      content: {
        objects: [{ text: 'kind: [half' }, { text: 'b: 1 # why\n' }],
        openedFrom: '',
        period: null,
        tests: [],
      },
    })
    expect((await ask(changePolicyDraft, { version: 1, name: 'closed' }, { id })).body).toEqual({ id, version: 2 })
    const copy = (await ask(copyPolicyDraft, { name: 'copy' }, { id })).body.id
    expect((await draft(copy)).content).toEqual((await draft(id)).content)
    await ask(commentPolicyDraft, { text: 'too wide\u202e?\nthink', object: 'g/K/ns/n' }, { id })
    expect((await draft(id)).comments).toMatchObject([{ by: 'ada', text: 'too wide?\nthink', object: 'g/K/ns/n' }])
    expect((await drafts()).map(({ name, objects, comments }) => [name, objects, comments])).toEqual([
      ['copy', 2, 0],
      ['closed', 2, 1],
    ])
    for (const one of [id, copy]) expect((await ask(deletePolicyDraft, {}, { id: one })).status).toBe(200)
    expect(await drafts()).toEqual([])
    expect((await ask(deletePolicyDraft, {}, { id })).status).toBe(404)
    expect((await ask(copyPolicyDraft, { name: 'x' }, { id })).status).toBe(404)
    expect((await ask(commentPolicyDraft, { text: 'x' }, { id })).status).toBe(404)
  })

  it('that are renamed between saves are told with both names in the audit', async () => {
    const id = await save('first')
    for (const [version, change] of [
      { content: content('a') },
      { name: 'second' },
      { content: content('b') },
    ].entries())
      await ask(changePolicyDraft, { version: version + 1, ...change }, { id })
    const { entries } = await answerOf(auditView, 'audit?action=draft.changed,draft.renamed&limit=1')
    expect(entries[0]).toMatchObject({ action: 'draft.renamed', target: `draft ${id}, now “second”`, result: 'done' })
    const { before, after } = await answerOf(auditEntryView, `audit/{id}?id=${entries[0]?.id}`)
    expect([before, after]).toEqual([
      { name: 'first', version: 2 },
      { name: 'second', version: 3 },
    ])
    await ask(deletePolicyDraft, {}, { id })
  })

  it('are not overwritten by who opened an older version', async () => {
    const id = await save('both', 'a')
    expect((await ask(changePolicyDraft, { version: 1, content: content('mine') }, { id })).status).toBe(200)
    const late = await ask(changePolicyDraft, { version: 1, content: content('yours') }, { id })
    expect(late.status).toBe(409)
    expect(late.body.detail).toMatch(/^ada saved version 2 of this draft at .* UTC, after you opened version 1\./)
    expect((await draft(id)).content.objects[0]?.text).toBe('mine')
    expect((await ask(changePolicyDraft, { version: 1 }, { id: 99_999 })).status).toBe(404)
    expect((await ask(savePolicyDraft, { name: 'both', cluster: 'demo', content: content() })).status).toBe(409)
  })

  it.each([
    [{ name: '', cluster: 'demo', content: content() }],
    [{ name: 'x', cluster: '', content: content() }],
    [{ name: 'x', cluster: 'demo', content: content('x'.repeat(200_001)) }],
    [{ name: 'x', cluster: 'demo', content: content(...Array.from({ length: 101 }, () => 'x')) }],
    [{ name: 'x', cluster: 'demo', content: { ...content(), owner: 'me' } }],
  ])('are bounded (%#)', async (body) => expect((await ask(savePolicyDraft, body)).status).toBe(400))

  it('are of who made them, and of those who may edit all that they touch', async () => {
    const scope = scopeOf([
      ['demo', 'shop'],
      ['demo', 'bank'],
    ])
    const edits = scopeOf([['demo', 'shop']])
    const editor = { scope, rights: { edits }, account: 7 }
    const names = async (more: object, account: number) =>
      (await answerOf(policyDraftsView, 'policies/drafts', scope, more, account)).map(({ name }) => name)
    const policyOf = (namespace: string) =>
      `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: a, namespace: ${namespace} }\n`
    const mine = async (name: string, ...texts: string[]) =>
      (await ask(savePolicyDraft, { name, cluster: 'demo', content: content(...texts) }, { ...editor, account: 8 }))
        .body.id
    const id = await mine('of shop', policyOf('shop'))
    for (const [name, ...texts] of [
      ['of bank', policyOf('bank')],
      ['of both', policyOf('shop'), policyOf('bank')],
      ['unread', 'kind: ['],
      ['empty'],
    ] as const)
      await mine(name, ...texts)
    expect(await names({ edits }, 7)).toEqual(['of shop'])
    expect(await names({ edits: scopeOf([]) }, 9)).toEqual([])
    expect((await names({ edits: scopeOf([]) }, 8)).toSorted()).toEqual([
      'empty',
      'of bank',
      'of both',
      'of shop',
      'unread',
    ])
    // Who may edit the namespaces works on it; only who made it, or an administrator, deletes it.
    expect((await ask(commentPolicyDraft, { text: 'good' }, { ...editor, id })).status).toBe(200)
    expect((await ask(deletePolicyDraft, {}, { ...editor, id })).status).toBe(403)
    const wider = { version: 1, content: content(policyOf('shop'), policyOf('bank')) }
    expect((await ask(changePolicyDraft, wider, { ...editor, id })).status).toBe(200)
    expect(await names({ edits }, 7)).toEqual([])
    expect((await ask(changePolicyDraft, { version: 2, name: 'y' }, { ...editor, id })).status).toBe(404)
    expect((await ask(copyPolicyDraft, { name: 'y' }, { ...editor, id })).status).toBe(404)
    expect((await ask(commentPolicyDraft, { text: 'z' }, { ...editor, id })).status).toBe(404)
    expect((await ask(deletePolicyDraft, {}, { ...editor, id })).status).toBe(404)
    expect((await ask(deletePolicyDraft, {}, { ...editor, account: 8, id })).status).toBe(200)
  })
})
