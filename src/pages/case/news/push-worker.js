/** Shows a message as a notification. A repeated one has the same tag and replaces the former. */
self.addEventListener('push', (event) => {
  const { title, body, tag } = event.data.json();
  event.waitUntil(self.registration.showNotification(title, { body, tag }));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow('/my'));
});
