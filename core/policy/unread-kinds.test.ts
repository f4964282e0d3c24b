import { expect, test } from 'vitest'
import { kindSourceId } from '../sources/kind-source'
import type { SourceState } from '../world'
import { unreadKinds } from './unread-kinds'

const arn = 'arn:aws:eks:eu-west-1:1:cluster/prod'
const source = (state: SourceState, lastEventAt: number | null, message = '', cluster = arn) => ({
  id: kindSourceId(cluster, 'NetworkPolicy'),
  type: 'kubernetes',
  cluster,
  state,
  lastEventAt,
  message,
})

test.each<readonly [string, SourceState, number | null, string, readonly string[]]>([
  ['read', 'running', 1, '', []],
  ['not served', 'idle', null, 'The API server has no such kind.', []],
  ['refused', 'failed', null, 'Not allowed.', ['Not allowed.']],
  ['refused after it was read', 'failed', 1, 'Not allowed.', ['Not allowed.']],
  ['not reached yet', 'retrying', null, 'Cannot reach it.', ['Cannot reach it.']],
  ['not reached for now', 'retrying', 1, 'Cannot reach it.', []],
  ['about to be read', 'starting', null, '', ['It has not been read yet.']],
  ['no longer read', 'stopped', 1, '', []],
])('a kind that is %s', (_, state, lastEventAt, message, reasons) => {
  expect(unreadKinds([source(state, lastEventAt, message)], arn).map(({ reason }) => reason)).toEqual(reasons)
})

test('other clusters, other kinds and other sources are not asked about', () => {
  const failed = source('failed', null, 'Not allowed.')
  const others = [
    source('failed', null, '', 'other'),
    { ...failed, id: kindSourceId(arn, 'Pod') },
    { ...failed, type: 'hubble' },
  ]
  expect(unreadKinds([...others, failed], arn)).toEqual([{ kind: 'NetworkPolicy', reason: 'Not allowed.' }])
})
