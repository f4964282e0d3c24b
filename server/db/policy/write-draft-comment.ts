import { AppError } from '@/server/errors'
import { databaseError, type Queryable } from '../pool'

const maxComments = 500

const insert = `insert into policy_draft_comment (draft_id, made_by, text, object, account_id)
select $1, $2, $3, $4, $5 where (select count(*) from policy_draft_comment where draft_id = $1) < ${maxComments} returning id`

/** Adds what somebody says about a draft, which has to be there. Throws AppError('conflict') past 500 of them. */
export async function writeDraftComment(
  database: Queryable,
  draft: number,
  comment: { readonly by: string; readonly text: string; readonly object: string; readonly account: number },
): Promise<number> {
  const { rows } = await database
    .query<{ id: number }>(insert, [draft, comment.by, comment.text, comment.object, comment.account])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  const id = rows[0]?.id
  if (id === undefined) throw new AppError('conflict', `This draft has ${maxComments} comments already.`)
  return id
}
