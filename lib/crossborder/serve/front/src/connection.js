// The page's line to its kernel: comm messages only, which is all the server lets through.
import { ServerConnection } from "@jupyterlab/services/lib/serverconnection";
import { CommsOverSubshells } from "@jupyterlab/services/lib/kernel/comm";
import { KernelConnection } from "@jupyterlab/services/lib/kernel/default";
import { shims } from "@jupyter-widgets/base";

// Messages are dealt with one after the other, and what opens a line waits for its model, which may wait for models that
// the kernel has yet to be asked for: nothing would move. So opening waits for nothing, and what comes before is held.
class HeldComm extends shims.services.Comm {
  constructor(comm) {
    super(comm);
    this.early = [];
    comm.onMsg = (message) => { this.early.push(message); };
  }
  on_msg(take) {
    Promise.resolve().then(async () => {
      while (this.early.length) await take(this.early.shift());
      super.on_msg(take);
    });
  }
}

export function connect({ baseUrl, kernelId }) {
  const serverSettings = ServerConnection.makeSettings({
    baseUrl: location.origin + baseUrl,
    wsUrl: location.origin.replace(/^http/, "ws") + baseUrl,
    appendToken: false, // the login cookie travels with the socket; a key in an address would be seen in logs
  });
  const kernel = new KernelConnection({ model: { id: kernelId, name: "python3" }, serverSettings, handleComms: true, commsOverSubshells: CommsOverSubshells.Disabled });
  const connected = new Promise((resolve) => {
    const look = () => kernel.connectionStatus === "connected" && resolve();
    kernel.connectionStatusChanged.connect(look);
    look();
  });
  return {
    connected,
    onCommOpen: (take) => kernel.registerCommTarget("jupyter.widget", (comm, message) => { take(new HeldComm(comm), message); }),
    onOutput: (take) => kernel.iopubMessage.connect((_, message) => take(message)),
    async createComm(target, id, data, metadata, buffers) {
      const comm = new shims.services.Comm(kernel.createComm(target, id));
      if (data || metadata) comm.open(data, undefined, metadata, buffers);
      return comm;
    },
    // Which widgets the kernel has, by the ids of their comms
    widgets: async () => (await kernel.requestCommInfo({ target_name: "jupyter.widget" })).content.comms || {},
    // Resolves when the kernel has dealt with all that was sent before
    heard: () => kernel.requestCommInfo({ target_name: "crossborder.none" }),
  };
}
