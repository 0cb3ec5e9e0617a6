/** A ward without patients: what to do next. */
export function EmptyWard() {
  return (
    <main id="main" tabIndex={-1} className="message">
      <h2>No patients on this ward yet</h2>
      <p>A patient appears here when a device is added, and stays at the same place.</p>
      <dl>
        <div>
          <dt>Add a wearable, and give it a patient</dt>
          <dd>
            <code>vigil device add</code>
          </dd>
        </div>
        <div>
          <dt>Or try it with a simulated ward, marked as such</dt>
          <dd>
            <code>vigil simulate --wearables 12</code>
          </dd>
        </div>
      </dl>
    </main>
  );
}
