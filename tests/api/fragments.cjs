// Reads texts, one JSON string a line, and says of each how many parts it is billed as, and in which alphabet.
const { SegmentedMessage } = require("sms-segments-calculator");
const texts = require("node:readline").createInterface({ input: process.stdin });

texts.on("line", (line) => {
  const { segmentsCount, encodingName } = new SegmentedMessage(JSON.parse(line));
  console.log(JSON.stringify([segmentsCount, encodingName]));
});
