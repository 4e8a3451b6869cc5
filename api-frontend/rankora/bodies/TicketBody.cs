namespace Laurel.ApiFrontend.Rankora;

/// <summary>A ticket for one stream.</summary>
/// <param name="ExpiresIn">Seconds.</param>
internal sealed record TicketBody(bool Success, string Ticket, int ExpiresIn);
