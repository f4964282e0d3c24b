import { expect, it } from 'vitest'
import { takeExportSlot } from './export-slots'

it('gives a person two places, and all of them four', () => {
  const give = [takeExportSlot('tests', 1), takeExportSlot('tests', 1), takeExportSlot('tests', 2)]
  expect(() => takeExportSlot('tests', 1)).toThrow(/You have 2 exports/)
  give.push(takeExportSlot('tests', 3))
  expect(() => takeExportSlot('tests', 4)).toThrow(/4 exports are being written/)
  give[0]?.()
  give[0]?.()
  takeExportSlot('tests', 4)
  expect(() => takeExportSlot('tests', 5)).toThrow(/4 exports/)
  expect(() => takeExportSlot('others', 5)).not.toThrow()
})
