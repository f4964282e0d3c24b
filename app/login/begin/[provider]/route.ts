import { beginRoute } from '@/server/login/begin'

export const GET = beginRoute
