// The mock listens on every address of the machine and has no option for less: keep it to this machine.
const { Server } = require("node:net");
const listen = Server.prototype.listen;

Server.prototype.listen = function (port) {
  return listen.call(this, port, "127.0.0.1");
};
