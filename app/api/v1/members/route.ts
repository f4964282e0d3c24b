import { route } from '@/server/http'
import { membersView } from '@/server/views/members'

export const GET = route(membersView)
