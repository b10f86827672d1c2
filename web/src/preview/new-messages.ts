/**
 * Work in a worker blocks it: here the page's messages, a newer request above all, are let in. A timer would do as well,
 * but waits for 4 ms each time.
 */
export const newMessages = () =>
  new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
