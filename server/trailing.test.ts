import { describe, expect, it, vi } from 'vitest'
import { createTrailing } from './trailing'

const failed = vi.fn()
const trailing = () => createTrailing<string>(2, failed)
const always = () => true
const make = (value: string) => async () => value
const settled = () => new Promise((done) => setTimeout(done))

describe('a trailing value', () => {
  it('is waited for where there is none of its kind', async () => {
    expect(await trailing().get({ kind: 'a', key: '1' }, make('one'), always)).toBe('one')
  })

  it('is the last one while the next is made, then the next', async () => {
    const values = trailing()
    await values.get({ kind: 'a', key: '1' }, make('one'), always)
    expect(await values.get({ kind: 'a', key: '2' }, make('two'), always)).toBe('one')
    await settled()
    expect(await values.get({ kind: 'a', key: '2' }, make('never made'), always)).toBe('two')
  })

  it('is waited for where the last one is of no use', async () => {
    const values = trailing()
    await values.get({ kind: 'a', key: '1' }, make('one'), always)
    expect(await values.get({ kind: 'a', key: '2' }, make('two'), () => false)).toBe('two')
  })

  it('keeps kinds apart, and no more than asked for', async () => {
    const values = trailing()
    for (const kind of ['a', 'b', 'c']) await values.get({ kind, key: '1' }, make(kind), always)
    expect(await values.get({ kind: 'b', key: '2' }, make('new'), always)).toBe('b')
    expect(await values.get({ kind: 'a', key: '2' }, make('new'), always)).toBe('new')
  })

  it('tells of what fails in the background and goes on with the last one', async () => {
    const values = trailing()
    await values.get({ kind: 'a', key: '1' }, make('one'), always)
    const broken = () => Promise.reject(new Error('gone'))
    expect(await values.get({ kind: 'a', key: '2' }, broken, always)).toBe('one')
    await settled()
    expect(failed).toHaveBeenCalledOnce()
    await expect(trailing().get({ kind: 'a', key: '2' }, broken, always)).rejects.toThrow('gone')
  })
})
