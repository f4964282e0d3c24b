import { createReadStream, statSync } from 'node:fs'
import { basename } from 'node:path'
import { checkImportType, importRecording, type ImportProgress } from '@/collectors/import'
import type { RecordingRow } from '@/core/sources/source-row'
import { closePrismaClient, prismaClient } from '@/server/db/client'
import { createPool, type Pool } from '@/server/db/pool'
import { readRecordings } from '@/server/db/recordings/read-recordings'
import { deleteRecording as remove } from '@/server/db/recordings/recordings'
import type { Config } from '@/server/env'
import { AppError } from '@/server/errors'
import { openDatabase } from './database'
import { checkStateIsThere, sayWhereNew } from './known-state'
import { applySettings, type SettingOptions } from './settings'

export type ImportCommand = SettingOptions & { readonly name?: string; readonly cluster: string }

/** Loads files (`-`: standard input) as one recording and reports lines read, used and skipped, and why. */
export async function importFiles(type: string, files: readonly string[], options: ImportCommand): Promise<void> {
  checkImportType(type)
  for (const file of files) if (file !== '-') checkFile(file)
  await withDatabase(options, sayWhereNew, async (url, pool) => {
    const name = options.name ?? files.map((file) => (file === '-' ? 'stdin' : basename(file))).join(' + ')
    const streams = files.map((file) => (file === '-' ? process.stdin : createReadStream(file)))
    const { recording, total } = await importRecording({
      url,
      pool,
      type,
      name,
      cluster: options.cluster,
      streams,
      onProgress: showProgress(),
    })
    report(recording, total)
  })
}

function checkFile(file: string): void {
  const found = statSync(file, { throwIfNoEntry: false })
  if (!found) throw new AppError('invalid', `There is no file ${file}.`)
  if (found.isDirectory()) throw new AppError('invalid', `${file} is a folder; name the files in it.`)
}

export const listRecordings = (options: SettingOptions): Promise<void> =>
  withDatabase(options, checkStateIsThere, async (_, pool) => {
    const recordings = await readRecordings(pool)
    for (const { name, sourceType, from, to, linesUsed } of recordings)
      console.log(`${name}\t${sourceType}\t${span(from, to)}\t${linesUsed} flows`)
    if (recordings.length === 0) console.log('There are no recordings; oriel import TYPE FILE makes one.')
  })

export const deleteRecording = (name: string, options: SettingOptions): Promise<void> =>
  withDatabase(options, checkStateIsThere, async (url, pool) => {
    const recording = (await readRecordings(pool)).find((row) => row.name === name)
    if (!recording)
      throw new AppError('not_found', `There is no recording “${name}”; oriel recordings list shows them.`)
    await remove(prismaClient(url), recording.id)
    console.log(`Deleted the recording “${name}”.`)
  })

/** `look`: at where the database is, before anything is made. */
async function withDatabase(
  options: SettingOptions,
  look: (config: Config) => void,
  work: (url: string, pool: Pool) => Promise<void>,
): Promise<void> {
  const config = applySettings(options)
  look(config)
  const database = await openDatabase(config)
  const pool = createPool(database.url, { max: 3, name: 'oriel command' })
  try {
    await work(database.url, pool)
  } finally {
    await closePrismaClient(database.url)
    await pool.end()
    await database.stop()
  }
}

function showProgress(): (progress: ImportProgress) => void {
  let shownAt = 0
  return ({ lines, added }) => {
    if (Date.now() - shownAt < 500) return
    shownAt = Date.now()
    process.stderr.write(
      `${process.stderr.isTTY ? '\r' : ''}  … ${lines} lines read, ${added} flows added${process.stderr.isTTY ? '' : '\n'}`,
    )
  }
}

function report({ id, name, from, to }: RecordingRow, { lines, used, found, added, skipped }: ImportProgress): void {
  if (process.stderr.isTTY) process.stderr.write('\n')
  console.log(
    `Recording “${name}”: ${lines} lines read, ${used} used, ${added} new, ${found - added} already there, ${lines - used} skipped.`,
  )
  for (const [reason, n] of Object.entries(skipped)) console.log(`  ${n} skipped: ${reason}`)
  console.log(`  ${span(from, to)}`)
  if (from !== null) console.log(`  Open it on the map: /?recording=${id}`)
}

const span = (from: number | null, to: number | null) =>
  from === null || to === null ? 'no flows' : `${new Date(from).toISOString()} to ${new Date(to).toISOString()}`
