// Speaks to the page in a real WebKitGTK window over WebKit's own inspector: WEBKIT_INSPECTOR_HTTP_SERVER names the port
// when the window starts. A released program takes the variable away; the tests' build (tag inspect) does not.
// Node 20 knows WebSocket with --experimental-websocket only.

/** The page of the window that listens on the port, once it is there. */
export async function inspect(port) {
  const listing = await (await fetch(`http://127.0.0.1:${port}/`)).text();
  const path = /socket\/\d+\/\d+\/\w+/.exec(listing)?.[0];
  if (!path) throw new Error('the window has no page yet');
  const socket = new WebSocket(`ws://127.0.0.1:${port}/${path}`);
  const waiting = new Map();
  let next = 1;
  const target = await new Promise((found, failed) => {
    socket.onerror = () => failed(new Error('the inspector hung up'));
    socket.onclose = () => {
      failed(new Error('the inspector hung up'));
      for (const { reject } of waiting.values()) reject(new Error('the inspector hung up'));
    };
    socket.onmessage = ({ data }) => {
      const { method, params } = JSON.parse(data);
      if (method === 'Target.targetCreated' && params.targetInfo.type === 'page') found(params.targetInfo.targetId);
      if (method !== 'Target.dispatchMessageFromTarget') return;
      const answer = JSON.parse(params.message);
      const asked = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (answer.error) asked?.reject(new Error(answer.error.message));
      else asked?.resolve(answer.result);
    };
  });

  function ask(method, params) {
    const id = next++;
    const message = JSON.stringify({ id, method, params });
    socket.send(
      JSON.stringify({ id: next++, method: 'Target.sendMessageToTarget', params: { targetId: target, message } }),
    );
    return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
  }

  return {
    /** The value of an expression in the page; a promise is waited for. */
    async evaluate(expression) {
      let { result, wasThrown } = await ask('Runtime.evaluate', { expression });
      if (result.className === 'Promise') {
        ({ result, wasThrown } = await ask('Runtime.awaitPromise', {
          promiseObjectId: result.objectId,
          returnByValue: true,
        }));
      }
      if (wasThrown) throw new Error(result.description);
      return result.value;
    },
    close: () => socket.close(),
  };
}
