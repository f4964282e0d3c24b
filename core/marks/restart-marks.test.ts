import { describe, expect, test } from 'vitest'
import type { Mark } from './mark'
import { markSentence, markWords } from './mark-words'
import { marksNear } from './marks-near'
import { reasonWords } from './restart'
import { newestMarks, restartMarks, restartStepMs } from './restart-marks'
import { edge, flows, workload, world } from '../world-fixture'

const [web, cart, far] = [workload('web'), workload('cart'), workload('far')]
const step = (at: number, of = cart, restarts = 1, reason = 'OOMKilled') => ({ workload: of, at, restarts, reason })
const deploys = (...at: number[]): Mark[] =>
  restartMarks(at.map((each) => step(each))).map((mark) => ({ ...mark, id: `deploy/${mark.at}`, kind: 'deploy' }))

describe('restarts on a time axis', () => {
  test('say whose pods, how often and why', () => {
    const marks = restartMarks([step(9, cart, 3), step(2), step(5, cart, 1, '')])
    expect(marks.map(markSentence)).toEqual([
      'A pod of Deployment shop/cart restarted: OOMKilled',
      'A pod of Deployment shop/cart restarted',
      'Pods of Deployment shop/cart restarted 3 times: OOMKilled',
    ])
    expect(marks.map(markWords)).toEqual(['cart restarted: OOMKilled', 'cart restarted', 'cart restarted: OOMKilled'])
  })

  test('are shown beside the workload and those who talk with it', () => {
    const scene = world([edge(web, cart, [flows(1)]), edge(far, workload('db'), [flows(1)])])
    const near = (id: string) => marksNear(restartMarks([step(1)]), scene, id).length
    expect(['cart', 'web', 'far'].map((name) => near(`east/shop/Deployment/${name}`))).toEqual([1, 1, 0])
  })

  test('give way to what people changed where there are too many', () => {
    const marks = [...restartMarks([1, 3, 5, 7].map((at) => step(at))), ...deploys(0, 4)]
    const kept = (limit: number) => newestMarks(marks, limit).map(({ kind, at }) => `${kind} ${at}`)
    expect(kept(9)).toHaveLength(6)
    expect(kept(3)).toEqual(['deploy 0', 'deploy 4', 'pod-restart 7'])
    expect(kept(2)).toEqual(['deploy 0', 'deploy 4'])
    expect(kept(1)).toEqual(['deploy 4'])
  })

  test('are at most a hundred of a workload and reason', () => {
    expect(restartStepMs({ from: 0, to: 1_800_000 })).toBe(60_000)
    expect(restartStepMs({ from: 0, to: 30 * 86_400_000 })).toBe(25_920_000)
  })
})

test.each([
  ['OOMKilled', 137, 'OOMKilled'],
  ['Error', 2, 'Error (exit code 2)'],
  ['Completed', 0, 'Completed'],
  ['', 255, 'exit code 255'],
  ['', null, 'no reason given'],
] as const)('an end with %j and %j is %j', (reason, exitCode, words) => {
  expect(reasonWords({ reason, exitCode })).toBe(words)
})
