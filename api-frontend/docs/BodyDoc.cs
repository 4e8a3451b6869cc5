namespace Laurel.ApiFrontend;

/// <summary>A request's body.</summary>
/// <param name="Schema">Its JSON Schema; for lines, of one of them.</param>
/// <param name="Example">A body that works.</param>
/// <param name="ContentType">What it is sent as.</param>
internal sealed record BodyDoc(string Schema, string Example, string ContentType = "application/json");
