import { describe, expect, it } from 'vitest'
import { scopeOf } from '@/core/scope'
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

  it('are for those who see everything', async () => {
    const scope = scopeOf([['demo', 'shop']])
    const id = await save('hidden', 'a')
    expect(await answerOf(policyDraftsView, 'policies/drafts', scope)).toEqual([])
    expect((await ask(deletePolicyDraft, {}, { id, scope })).status).toBe(404)
    expect((await ask(changePolicyDraft, { version: 1, name: 'y' }, { id, scope })).status).toBe(404)
  })
})
