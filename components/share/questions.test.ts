// @vitest-environment node
import { QueryObserver, InfiniteQueryObserver } from '@tanstack/react-query'
import { afterEach, expect, it, vi } from 'vitest'
import { flowsQuery } from '../flows/queries'
import { graphQuery } from '../map/queries'
import { linksQuery } from './queries'
import { seriesQuery } from '../charts/queries'
import { serviceChartsQuery, servicesQuery } from '../services/queries'
import { sourcesQuery } from '../sources/queries'
import { createQueryClient } from '../query-client'
import { questionsOf, shownQuestions } from './questions'

const window = { from: 1_000_000, to: 1_900_000 }

afterEach(() => vi.unstubAllGlobals())

it('hears what every active query asks, page by page, without asking', async () => {
  const asked = vi.fn(async () => Response.json({ rows: [], before: '12-0-0-0', after: null }))
  vi.stubGlobal('fetch', asked)
  const client = createQueryClient()
  const stops = [
    new QueryObserver(client, graphQuery({ last: '15m', level: 'workload', fold: ['demo/shop'] })).subscribe(() => {}),
    new QueryObserver(client, sourcesQuery()).subscribe(() => {}),
    new QueryObserver(client, linksQuery()).subscribe(() => {}),
  ]
  const flows = new InfiniteQueryObserver(client, flowsQuery({ from: 5, to: 9, q: 'verdict:denied' }))
  stops.push(flows.subscribe(() => {}))
  await client.fetchQuery(seriesQuery({ last: '1h', sel: 'gone' }))
  await vi.waitFor(() => expect(asked).toHaveBeenCalledTimes(5))
  await flows.fetchNextPage()
  asked.mockClear()

  expect((await shownQuestions(client, window)).toSorted()).toEqual([
    'flows?before=12-0-0-0&from=5&q=verdict%3Adenied&to=9',
    'flows?from=5&q=verdict%3Adenied&to=9',
    'map?fold=demo%2Fshop&from=1000000&level=workload&to=1900000',
    'sources',
  ])
  expect(asked).not.toHaveBeenCalled()
  for (const stop of stops) stop()
  client.clear()
})

it('keeps the list of services with the small charts of all rows, whichever are in sight', async () => {
  const client = createQueryClient()
  expect(await questionsOf(client, servicesQuery({ from: 5, to: 9 }), window)).toEqual(['services?from=5&to=9'])
  expect(await questionsOf(client, serviceChartsQuery({ from: 5, to: 9 }, ['a']), window)).toEqual([])
})

it('hears a query that nobody shows', async () => {
  const client = createQueryClient()
  expect(await questionsOf(client, seriesQuery({ last: '95s', sel: 'a|b' }), window)).toEqual([
    'series?from=1800000&sel=a%7Cb&to=1900000',
  ])
})
