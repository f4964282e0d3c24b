import { afterEach, describe, expect, it, vi } from 'vitest'
import { ApiError, apiPath, getJson } from './api'

afterEach(() => vi.unstubAllGlobals())

const answering = (response: Response | Error) =>
  vi.stubGlobal('fetch', () => (response instanceof Error ? Promise.reject(response) : Promise.resolve(response)))

describe('apiPath', () => {
  it.each([
    [{}, '/api/v1/map'],
    [{ q: 'ns:shop', last: '15m' }, '/api/v1/map?last=15m&q=ns%3Ashop'],
    [{ q: '', cluster: undefined, fold: [], sel: null }, '/api/v1/map'],
    [{ fold: ['eu/shop', 'eu/data'] }, '/api/v1/map?fold=eu%2Fshop%2Ceu%2Fdata'],
  ])('%j', (params, path) => expect(apiPath('map', params)).toBe(path))
})

describe('getJson', () => {
  it('hands over what a problem says', async () => {
    const problem = { title: 'Bad request', detail: 'Shorten the range.', code: 'invalid', requestId: 'r-1' }
    answering(new Response(JSON.stringify(problem), { status: 400 }))
    await expect(getJson('map', {})).rejects.toEqual(new ApiError(400, 'invalid', 'Shorten the range.', 'r-1'))
  })

  it('makes a problem of an answer that is no JSON', async () => {
    answering(new Response('<html>', { status: 502 }))
    await expect(getJson('map', {})).rejects.toMatchObject({
      status: 502,
      requestId: null,
      message: expect.stringContaining('502'),
    })
  })

  it('says that nothing answers', async () => {
    answering(new TypeError('failed to fetch'))
    await expect(getJson('map', {})).rejects.toMatchObject({ code: 'unreachable' })
  })
})
