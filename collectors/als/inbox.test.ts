import { expect, it } from 'vitest'
import { createInbox } from './inbox'

const limits = { maxMessages: 3, maxBytes: 1_000, lingerMs: 0, idleMs: 0 }
const stream = () => {
  const calls: string[] = []
  return { calls, pause: () => void calls.push('pause'), resume: () => void calls.push('resume') }
}
const bytes = (length: number) => Buffer.alloc(length)

it('pauses each stream that brings more than it may hold, and lets all go on when it is emptied', async () => {
  const inbox = createInbox<string>(limits)
  const [quick, slow, silent] = [stream(), stream(), stream()]
  for (let i = 0; i < 3; i++) inbox.add(bytes(10), 'quick', quick)
  inbox.add(bytes(10), 'slow', slow)
  expect([quick.calls, slow.calls, silent.calls]).toEqual([['pause'], ['pause'], []])
  expect(inbox.held).toEqual({ messages: 4, bytes: 40 })
  const { items, stalledSince } = await inbox.take()
  expect(items.map(({ of }) => of)).toEqual(['quick', 'quick', 'quick', 'slow'])
  expect(stalledSince).not.toBeNull()
  expect([quick.calls, slow.calls]).toEqual([
    ['pause', 'resume'],
    ['pause', 'resume'],
  ])
  expect(inbox.held).toEqual({ messages: 0, bytes: 0 })
})

it('is full by bytes too, and says of an unhurried batch that nothing was held back', async () => {
  const inbox = createInbox<number>(limits)
  const big = stream()
  inbox.add(bytes(999), 1, big)
  expect(big.calls).toEqual([])
  expect((await inbox.take()).stalledSince).toBeNull()
  inbox.add(bytes(1_000), 2, big)
  expect(big.calls).toEqual(['pause'])
})

it('hands over what is left when it is closed, and takes nothing more', async () => {
  const inbox = createInbox<number>({ ...limits, lingerMs: 60_000, idleMs: 60_000 })
  inbox.add(bytes(1), 1, stream())
  const taking = inbox.take()
  inbox.close()
  inbox.add(bytes(1), 2, stream())
  expect((await taking).items).toHaveLength(1)
  expect((await inbox.take()).items).toHaveLength(0)
})
