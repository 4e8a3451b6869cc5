export { FileStorage } from "./fileStorage.js";
