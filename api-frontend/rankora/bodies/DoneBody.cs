namespace Laurel.ApiFrontend.Rankora;

/// <summary>It is done, and there is nothing else to say.</summary>
internal sealed record DoneBody(bool Success);
