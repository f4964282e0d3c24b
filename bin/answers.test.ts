import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { everything } from '@/core/scope'
import { type AnswerThread, createAnswerThread } from '@/server/answer-thread'
import { viewDatabase } from '@/server/views/testing'
import { buildRoles, root } from './build'

viewDatabase()
let thread: AnswerThread
const query = new URLSearchParams('last=15m')
const asked = async (view: string, of = query) =>
  JSON.parse(new TextDecoder().decode((await thread.answer(view, of, everything)).body)) as unknown

beforeAll(async () => {
  thread = createAnswerThread(join(root, await buildRoles(), 'answers.mjs'))
})
afterAll(() => thread.stop())

it('answers as the web itself would, many questions at a time', async () => {
  const [map, services] = await Promise.all([asked('map'), asked('services')])
  expect(map).toMatchObject({ nodes: [], edges: [] })
  expect(services).toEqual([])
})

it('hands on what a view says of a bad question, and what nobody asked for on purpose as a failure', async () => {
  await expect(asked('flow', new URLSearchParams('id=l1-1'))).rejects.toMatchObject({
    name: 'AppError',
    code: 'not_found',
  })
  await expect(asked('map', new URLSearchParams('nonsense=1'))).rejects.toMatchObject({
    code: 'invalid',
    parameters: [{ parameter: 'nonsense' }],
  })
  await expect(asked('elsewhere')).rejects.toMatchObject({ code: 'not_found' })
})

it('counts what it gives', async () => {
  const metrics = await thread.metrics()
  const loads = metrics.find(({ name }) => name === 'oriel_answers_total')
  expect(loads?.values).toContainEqual({ labels: { view: 'map', cache: 'miss' }, value: 1 })
})

it('fails who waits when it ends, and begins again with the next question', async () => {
  const broken = createAnswerThread(
    new URL(
      'data:text/javascript,import{parentPort}from"node:worker_threads";parentPort.on("message",()=>process.exit(3))',
    ),
  )
  await expect(broken.answer('map', query, everything)).rejects.toMatchObject({ code: 'unavailable' })
  await expect(broken.answer('map', query, everything)).rejects.toMatchObject({ code: 'unavailable' })
  await broken.stop()
})
