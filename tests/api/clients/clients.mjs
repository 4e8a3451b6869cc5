// Games as the two dialects' documents write them: fetch, and as much of EventSource as they use, with a way to break it.
// node clients.mjs rankora <url> <board key> | node clients.mjs leaderboardapi <url> <api key> <client id> <client secret>
import assert from 'node:assert/strict';

const [dialect, base, ...credentials] = process.argv.slice(2);

/** The part of EventSource that the samples use: onmessage, onerror, close, and coming back with the last event's id. */
class StreamSource {
  #closed = false;
  #lastId = '';

  constructor(url) {
    this.url = url;
    this.#run();
  }

  async #run() {
    while (!this.#closed) {
      try {
        const headers = this.#lastId ? { 'Last-Event-ID': this.#lastId } : {};
        this.abort = new AbortController();
        const response = await fetch(this.url, { headers, signal: this.abort.signal });
        if (!response.ok) {
          this.onerror?.(new Error(`status ${response.status}`));
          return;
        }
        let text = '';
        for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
          text += chunk;
          for (let end; (end = text.indexOf('\n\n')) >= 0; text = text.slice(end + 2)) {
            this.#dispatch(text.slice(0, end));
          }
        }
      } catch (error) {
        if (!this.#closed) this.onerror?.(error);
      }
    }
  }

  #dispatch(block) {
    let data = '';
    for (const line of block.split('\n')) {
      if (line.startsWith('id: ')) this.#lastId = line.slice(4);
      if (line.startsWith('data: ')) data += line.slice(6);
    }
    if (data) this.onmessage?.({ data, lastEventId: this.#lastId });
  }

  /** Breaks the connection as a network does; the source comes back by itself. */
  break() {
    this.abort.abort();
  }

  close() {
    this.#closed = true;
    this.abort.abort();
  }
}

async function rankora(key) {
  const call = async (path, options = {}) => {
    const response = await fetch(`${base}/api/v1${path}`, { ...options, headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' } });
    return { status: response.status, data: await response.json() };
  };
  const submit = entry => call('/leaderboard/entries', { method: 'POST', body: JSON.stringify(entry) });

  const made = await submit({ name: 'PlayerOne', score: 1200, metadata: { character: 'wizard', level: '12' } });
  assert.equal(made.status, 200);
  assert.equal(made.data.success, true);
  const playerId = made.data.player_id;
  assert.equal((await call('/leaderboard')).data.total_entries, 1);
  const params = new URLSearchParams({ limit: '5', offset: '0', order: 'desc', player_id: playerId });
  const list = (await call(`/leaderboard/entries?${params}`)).data;
  assert.equal(list.entries[0].is_current_player, true);
  assert.equal((await call(`/leaderboard/entries/${playerId}`)).data.score, 1200);

  const { ticket } = (await call('/realtime/ticket', { method: 'POST' })).data;
  const eventSource = new StreamSource(`${base}/api/v1/realtime?limit=10&offset=0&order=desc&ticket=${ticket}`);
  const messages = [];
  let wake = () => {};
  eventSource.onmessage = event => { messages.push(JSON.parse(event.data)); wake(); };
  const next = async type => {
    while (true) {
      const at = messages.findIndex(message => message.type === type);
      if (at >= 0) return messages.splice(at, 1)[0];
      await new Promise(resolve => { wake = resolve; });
    }
  };

  assert.equal((await next('connected')).message, 'Realtime connection established');
  assert.deepEqual((await next('initial')).entries.map(entry => entry.name), ['PlayerOne']);
  await submit({ name: 'PlayerOne', score: 1300, player_id: playerId });
  const update = (await next('update')).payload;
  assert.deepEqual([update.eventType, update.old.score, update.new.score], ['UPDATE', 1200, 1300]);

  eventSource.onerror = () => {};
  eventSource.break();
  await submit({ name: 'PlayerTwo', score: 5 });
  await next('connected');
  assert.equal((await next('update')).payload.eventType, 'INSERT');
  assert.equal(messages.filter(message => message.type === 'initial').length, 0);
  eventSource.close();
  assert.equal((await call(`/leaderboard/entries/${playerId}`, { method: 'DELETE' })).data.success, true);
  assert.ok((await call('/usage')).data.currentRequests >= 8);
}

async function leaderboardapi(apiKey, clientId, clientSecret) {
  assert.deepEqual(await (await fetch(`${base}/ping`)).json(), { status: 'OK' });
  const { authToken } = await (await fetch(`${base}/v1/token`, {
    headers: { 'x-api-key': apiKey, 'x-client-id': clientId, 'x-client-secret': clientSecret },
  })).json();
  const call = async (method, path, body) => {
    const response = await fetch(`${base}/v1${path}`, {
      method,
      headers: { Authorization: `Bearer ${authToken}`, 'Content-Type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, data: text ? JSON.parse(text) : undefined };
  };

  const team = await call('POST', '/team', { teamName: 'A Team' });
  assert.equal(team.status, 201);
  const board = await call('POST', '/leaderboard', { name: 'leaderboard name', teams: [team.data.id, { teamName: 'B Team' }] });
  assert.equal(board.status, 201);
  const scored = await call('POST', `/score/leaderboard/${board.data.id}`, { scores: [{ teamId: team.data.id, add: 3 }] });
  assert.deepEqual(scored.data, [{ id: team.data.id, score: 3, teamName: 'A Team', leaderboardId: board.data.id }]);
  assert.deepEqual((await call('GET', `/leaderboard/${board.data.id}`)).data.teams.map(entry => [entry.teamName, entry.rank]), [['A Team', 1], ['B Team', 2]]);
  assert.equal((await call('PUT', `/team/${team.data.id}`, { team: { teamName: 'C Team' } })).status, 200);
  assert.equal((await call('DELETE', `/team/${team.data.id}`)).status, 201);
}

await (dialect === 'rankora' ? rankora : leaderboardapi)(...credentials);
console.log('done');
process.exit(0);
