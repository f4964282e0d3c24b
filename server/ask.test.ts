import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { everything, scopeOf } from '@/core/scope'
import { ask } from './ask'
import { view } from './view'

let names = 0

/** A question whose time moves on each time it is asked; loads end when they are told to. */
function moving(staleMs?: number) {
  let now = 0
  const ends: ((value: string) => void)[] = []
  const load = vi.fn(() => new Promise<string>((end) => ends.push(end)))
  const made = view({
    name: `moving-${names++}`,
    path: 'moving',
    summary: '',
    params: z.strictObject({ q: z.string().default('') }),
    answer: z.string(),
    ...(staleMs !== undefined && { staleMs }),
    settle: async ({ q }) => ({ q, now: now++ }),
    load,
    render: (loaded) => loaded,
  })
  return { view: made, load, ends }
}

const textOf = async (answer: ReturnType<typeof ask>) => JSON.parse(new TextDecoder().decode((await answer).body))

describe('a question that is asked again while it is answered', () => {
  it('gets the answer under way, though its time has moved on', async () => {
    const { view, load, ends } = moving()
    const first = ask(view, { q: '' }, everything)
    await vi.waitFor(() => expect(load).toHaveBeenCalledOnce())
    const second = ask(view, { q: '' }, everything)
    ends[0]?.('one')
    expect(await textOf(first)).toBe('one')
    expect(await textOf(second)).toBe('one')
    expect(load).toHaveBeenCalledOnce()
  })

  it('is loaded anew once that answer is there', async () => {
    const { view, load, ends } = moving()
    for (const word of ['one', 'two']) {
      const answer = ask(view, { q: '' }, everything)
      await vi.waitFor(() => expect(ends).toHaveLength(word === 'one' ? 1 : 2))
      ends.at(-1)?.(word)
      expect(await textOf(answer)).toBe(word)
    }
    expect(load).toHaveBeenCalledTimes(2)
  })

  it('shares nothing with another question or scope', async () => {
    const { view, load, ends } = moving()
    const answers = [
      ask(view, { q: 'a' }, everything),
      ask(view, { q: 'b' }, everything),
      ask(view, { q: 'a' }, scopeOf([['east', 'shop']])),
    ]
    await vi.waitFor(() => expect(load).toHaveBeenCalledTimes(3))
    ends.forEach((end, i) => end(String(i)))
    await Promise.all(answers)
  })
})

describe('a question whose answer may be older', () => {
  const first = async (made: ReturnType<typeof moving>) => {
    const answer = ask(made.view, { q: '' }, everything)
    await vi.waitFor(() => expect(made.load).toHaveBeenCalledOnce())
    made.ends[0]?.('one')
    expect(await textOf(answer)).toBe('one')
  }

  it('is answered with the answer before where the new one takes long, and then with the new one', async () => {
    const made = moving(30_000)
    await first(made)
    const [second, third] = [ask(made.view, { q: '' }, everything), ask(made.view, { q: '' }, everything)]
    expect(await textOf(second)).toBe('one')
    expect(await textOf(third)).toBe('one')
    made.ends.at(-1)?.('two')
    await vi.waitFor(async () => expect(await textOf(ask(made.view, { q: '' }, everything))).not.toBe('one'))
  })

  it('waits where it has none, or none that is new enough', async () => {
    const made = moving(0)
    await first(made)
    await new Promise((resolve) => setTimeout(resolve, 5))
    const second = ask(made.view, { q: '' }, everything)
    await vi.waitFor(() => expect(made.ends).toHaveLength(2))
    setTimeout(() => made.ends[1]?.('two'), 400)
    expect(await textOf(second)).toBe('two')
  })

  it('gives the new one where it is there in a moment', async () => {
    const made = moving(30_000)
    await first(made)
    const second = ask(made.view, { q: '' }, everything)
    await vi.waitFor(() => expect(made.ends).toHaveLength(2))
    made.ends[1]?.('two')
    expect(await textOf(second)).toBe('two')
  })
})
