import { Prisma, type PrismaClient } from '../generated/client'
import type { RecordingRow } from '@/core/sources/source-row'
import { AppError } from '@/server/errors'

type Stored = NonNullable<Awaited<ReturnType<PrismaClient['recording']['findUnique']>>>

/** Makes a recording, or finds the one of this name: importing again goes on with it. Throws AppError('conflict') where it is of another cluster or type. */
export async function createRecording(
  prisma: PrismaClient,
  recording: { readonly name: string; readonly sourceType: string; readonly cluster: string },
): Promise<RecordingRow> {
  const stored = await prisma.recording
    .upsert({ where: { name: recording.name }, create: recording, update: {} })
    .catch((error: unknown) => {
      // Two imports that start at once: one of them made it.
      if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002')
        return prisma.recording.findUniqueOrThrow({ where: { name: recording.name } })
      throw error
    })
  if (stored.cluster !== recording.cluster || stored.sourceType !== recording.sourceType)
    throw new AppError(
      'conflict',
      `There is already a recording “${recording.name}” of ${stored.sourceType}, cluster ${stored.cluster}. Choose another --name or delete it.`,
    )
  return rowOf(stored)
}

/** One recording; null where there is none of that id. All of them: readRecordings. */
export async function findRecording(prisma: PrismaClient, id: number): Promise<RecordingRow | null> {
  const stored = await prisma.recording.findUnique({ where: { id } })
  return stored && rowOf(stored)
}

/** What the newest import of this recording read, used and skipped, by reason. */
export async function updateRecording(
  prisma: PrismaClient,
  id: number,
  lines: { readonly linesRead: number; readonly linesUsed: number; readonly skipped: Readonly<Record<string, number>> },
): Promise<void> {
  await prisma.recording.update({ where: { id }, data: { ...lines, skipped: { ...lines.skipped } } })
}

/** Deletes a recording with its flows and buckets; false when there was none. */
export async function deleteRecording(prisma: PrismaClient, id: number): Promise<boolean> {
  const { count } = await prisma.recording.deleteMany({ where: { id } })
  return count > 0
}

const rowOf = (stored: Stored): RecordingRow => ({
  id: stored.id,
  name: stored.name,
  sourceType: stored.sourceType,
  cluster: stored.cluster,
  createdAt: stored.createdAt.getTime(),
  from: stored.fromTime?.getTime() ?? null,
  to: stored.toTime?.getTime() ?? null,
  linesRead: Number(stored.linesRead),
  linesUsed: Number(stored.linesUsed),
  skipped: countsOf(stored.skipped),
})

function countsOf(json: unknown): Record<string, number> {
  const entries = typeof json === 'object' && json !== null ? Object.entries(json) : []
  return Object.fromEntries(entries.filter((entry): entry is [string, number] => typeof entry[1] === 'number'))
}
