import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { z } from 'zod'
import { everything } from '@/core/scope'
import { type AnswerThread, createAnswerThread } from '@/server/answer-thread'
import { setHeapCeiling } from '@/server/heap-ceiling'
import type { View } from '@/server/view'
import { flowView } from '@/server/views/flow'
import { mapView } from '@/server/views/map'
import { viewDatabase } from '@/server/views/testing'
import { workOutHere } from '@/server/work-out'
import { buildRoles, root } from './build'

viewDatabase()
let thread: AnswerThread
const ask = <P extends z.ZodType, Q, L, A>(view: View<P, Q, L, A>, question: Q) =>
  thread.answer(view.name, question, everything)
const question = async () => mapView.settle(mapView.params.parse({ last: '15m' }))

beforeAll(async () => {
  thread = createAnswerThread(join(root, await buildRoles(), 'answers.mjs'))
})
afterAll(() => thread.stop())

it('answers as the web itself does, many questions at a time', async () => {
  const asked = await question()
  const answers = await Promise.all([ask(mapView, asked), ask(mapView, asked)])
  const own = await workOutHere(mapView, asked, everything)
  for (const { body, etag } of answers) {
    expect(etag).toBe(own.etag)
    expect(new TextDecoder().decode(body)).toBe(new TextDecoder().decode(own.body))
  }
})

it('hands on what a view throws', async () => {
  await expect(ask(flowView, 'l1-1')).rejects.toMatchObject({ name: 'AppError', code: 'not_found' })
  await expect(thread.answer('elsewhere', {}, everything)).rejects.toMatchObject({ code: 'not_found' })
  await expect(thread.answer('map', null, everything)).rejects.toMatchObject({ name: 'Error', message: /null/ })
})

it('tells what it counts', async () => {
  const metrics = await thread.metrics()
  const open = metrics.find(({ name }) => name === 'oriel_database_connections')
  expect(open?.values[0]?.value).toBeGreaterThan(0)
})

it('fails who waits when it ends, and begins again with the next question', async () => {
  const ends = 'import{parentPort}from"node:worker_threads";parentPort.on("message",()=>process.exit(3))'
  const broken = createAnswerThread(new URL(`data:text/javascript,${ends}`))
  for (let i = 0; i < 2; i++)
    await expect(broken.answer('map', {}, everything)).rejects.toMatchObject({ code: 'unavailable' })
  await broken.stop()
})

it('gives the next one more memory when it ran out of it', async () => {
  const fills =
    'import{parentPort as p}from"node:worker_threads";import v8 from"node:v8";p.on("message",({id,question:mb})=>{' +
    'const kept=[];while(kept.length<mb)kept.push(Array(131072).fill(kept.length));' +
    'p.postMessage({id,value:v8.getHeapStatistics().heap_size_limit/1048576})})'
  setHeapCeiling(128)
  const hungry = createAnswerThread(new URL(`data:text/javascript,${fills}`))
  await expect(hungry.answer('map', 200, everything)).rejects.toMatchObject({ message: /begin its answers anew/ })
  await expect(hungry.answer('map', 200, everything)).resolves.toBeGreaterThan(200)
  await hungry.stop()
})
